package io.weekly.api;

import static io.restassured.RestAssured.given;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Report;
import io.weekly.report.ReportStatus;
import io.weekly.run.RunStart;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lanes of this process are paused and resumed. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(MoodyMailServer.Profile.class)
class QueueResourceTest {

    private static final String QUEUE = "/api/v1/queue";
    /** Longer than a poll and a heartbeat, so a worker that claims has had the time for it. */
    private static final Duration LONG_ENOUGH = Duration.ofMillis(2500);

    @Inject
    World world;

    @Inject
    RunStart runs;

    private TenantRow tenant;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        world.figures(tenant);
    }

    @AfterEach
    void nothingStaysPaused() {
        pause("generate", false).statusCode(200);
        pause("deliver", false).statusCode(200);
    }

    @Test
    void theQueueShowsItsLanesAndTheirWorkers() {
        world.recipients(tenant, 3, "ann");
        world.ended(run(DeliveryMode.ATTACHMENT), 3);

        // The figures are as old as the last heartbeat, which writes those of both lanes.
        await().until(() -> asOperator().get(QUEUE).<Integer>path("lanes[1].finishedPerMinute") >= 3);
        asOperator().get(QUEUE).then()
                .statusCode(200)
                .body("lanes.name", contains("generate", "deliver"))
                .body("lanes.paused", contains(false, false))
                .body("lanes.finishedPerMinute", contains(greaterThanOrEqualTo(3), greaterThanOrEqualTo(3)))
                .body("lanes.failedPerMinute", contains(notNullValue(), notNullValue()))
                .body("lanes.ready", contains(notNullValue(), notNullValue()))
                .body("lanes.scheduled", contains(notNullValue(), notNullValue()))
                .body("lanes.running", contains(notNullValue(), notNullValue()))
                .body("lanes.oldestReadySeconds", contains(notNullValue(), notNullValue()))
                .body("lanes.p95WaitSeconds", contains(notNullValue(), notNullValue()))
                .body("lanes.findAll { it.p95WaitSeconds > 0 }.size()", equalTo(2))
                .body("workers.size()", equalTo(1))
                .body("workers[0].id", matchesPattern("[0-9a-f]{32}"))
                .body("workers[0].host", matchesPattern(".+"))
                .body("workers[0].lanes", contains("deliver", "generate"))
                .body("workers[0].running", notNullValue())
                .body("workers[0].lastSeen", matchesPattern("\\d{4}-\\d\\d-\\d\\dT.*Z"));
    }

    @Test
    void aPausedLaneClaimsNothingUntilItIsResumed() {
        world.recipients(tenant, 1, "ann");
        pause("generate", true).statusCode(200).body("name", equalTo("generate")).body("paused", equalTo(true));

        var id = order("u-ann-0");

        await().pollInterval(Duration.ofMillis(200)).during(LONG_ENOUGH).atMost(LONG_ENOUGH.multipliedBy(2))
                .until(() -> world.report(id).status() == ReportStatus.QUEUED && leased("generate") == 0);
        asOperator().get(QUEUE).then()
                .body("lanes[0].paused", equalTo(true))
                .body("lanes[0].ready", greaterThanOrEqualTo(1))
                .body("lanes[0].oldestReadySeconds", greaterThanOrEqualTo(2.0f));

        pause("generate", false).statusCode(200).body("paused", equalTo(false));
        assertThat(world.ended(id).status()).isEqualTo(ReportStatus.GENERATED);
    }

    @Test
    void aPauseLetsRunningJobsEndAndDoesNotChangeTheOthers() {
        world.recipients(tenant, 120, "slow");
        pause("deliver", true);
        var run = run(DeliveryMode.ATTACHMENT);
        await().atMost(Duration.ofSeconds(60)).until(() -> ready("deliver") == 120);
        pause("deliver", false);
        await().pollInterval(Duration.ofMillis(10)).until(() -> leased("deliver") < 120 && ready("deliver") < 120);

        pause("deliver", true).statusCode(200);
        await().until(() -> leased("deliver") == 0);

        var left = ready("deliver");
        assertThat(left).isPositive();
        assertThat(world.count("SELECT COUNT(*) FROM job WHERE tenant_id = ? AND attempt = 0", tenant.id())).isEqualTo(left);
        assertThat(world.reports(run)).filteredOn(Report::done).hasSize(120 - left)
                .allSatisfy(report -> assertThat(report.status()).isEqualTo(ReportStatus.DELIVERED));
        await().pollInterval(Duration.ofMillis(200)).during(LONG_ENOUGH).atMost(LONG_ENOUGH.multipliedBy(2))
                .until(() -> ready("deliver") == left);
        pause("deliver", false);
        assertThat(world.ended(run, 120)).allSatisfy(report -> {
            assertThat(report.status()).isEqualTo(ReportStatus.DELIVERED);
            assertThat(report.delivery().attempts()).isEqualTo(1);
            assertThat(MoodyMailServer.received(report.delivery().to())).isEqualTo(1);
        });
    }

    @Test
    void aPauseOfOneLaneDoesNotAffectTheOther() {
        world.recipients(tenant, 1, "ann");
        pause("deliver", true);

        var run = run(DeliveryMode.ATTACHMENT);

        await().until(() -> world.reports(run).stream().allMatch(report -> report.status() == ReportStatus.GENERATED && !report.done())
                && ready("deliver") == 1);
    }

    @Test
    void anUnknownLaneIsNotFound() {
        pause("print", true).statusCode(404);
        pause("GENERATE", true).statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"paused\": null}"})
    void theFieldPausedIsRequired(String body) {
        asOperator().contentType(ContentType.JSON).body(body).put(QUEUE + "/generate").then()
                .statusCode(422).body("errors.field", contains("paused"));
    }

    @Test
    void theQueueIsForOperatorsAlone() {
        var viewer = as(TestTokens.viewer(tenant.slug(), "u-1"));

        asAdmin(tenant.slug()).get(QUEUE).then().statusCode(403);
        asAdmin(tenant.slug()).contentType(ContentType.JSON).body(Map.of("paused", true)).put(QUEUE + "/generate").then().statusCode(403);
        viewer.get(QUEUE).then().statusCode(403);
        given().get(QUEUE).then().statusCode(401);
        asOperator().get(QUEUE).then().body("lanes.paused", contains(false, false));
    }

    private ValidatableResponse pause(String lane, boolean paused) {
        return asOperator().contentType(ContentType.JSON).body(Map.of("paused", paused)).put(QUEUE + "/" + lane).then();
    }

    private String order(String recipient) {
        return asAdmin(tenant.slug())
                .contentType(ContentType.JSON)
                .body(Map.of("definition", "weekly-business", "recipient", recipient))
                .post("/api/v1/reports")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private String run(DeliveryMode delivery) {
        return get(runs.byHand(world.order(tenant, "plain", delivery)));
    }

    private int ready(String lane) {
        return world.count("SELECT COUNT(*) FROM job WHERE lane = ? AND state = 'ready' AND tenant_id = ?", lane, tenant.id());
    }

    private int leased(String lane) {
        return world.count("SELECT COUNT(*) FROM job WHERE lane = ? AND state = 'leased' AND tenant_id = ?", lane, tenant.id());
    }
}
