package io.weekly.api;

import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.weekly.api.http.IdempotentRequests;
import io.weekly.api.http.Problem;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Report;
import io.weekly.report.ReportStatus;
import io.weekly.run.Run;
import io.weekly.run.RunStart;
import io.weekly.run.RunState;
import io.weekly.run.Runs;
import io.weekly.tenant.Scope;
import io.weekly.testing.Concurrently;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports are cancelled and retried while the lanes work. The mail server behaves as the address of each mail says. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(MoodyMailServer.Profile.class)
class ReportVerbResourceLanesTest {

    @Inject
    World world;

    @Inject
    RunStart runs;

    @Inject
    Runs seen;

    private TenantRow tenant;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
    }

    @Test
    void aReportIsEitherCancelledOrMailedAndTheRunBalances() throws Exception {
        var addresses = world.recipients(tenant, 150, "slow");
        var runId = run(DeliveryMode.ATTACHMENT);
        var reports = await().atMost(Duration.ofSeconds(20)).until(() -> world.reports(runId), found -> found.size() == 150);

        var calls = new ArrayList<Callable<Integer>>();
        for (var report : reports) {
            calls.add(() -> post(report.id(), "cancellation").extract().statusCode());
        }
        var answers = Concurrently.all(calls);
        world.ended(runId, 150);

        var cancelled = IntStream.range(0, 150).filter(i -> answers.get(i) == 202).mapToObj(i -> reports.get(i).id()).toList();
        assertThat(world.reports(runId)).allSatisfy(report -> assertThat(report.status())
                .isEqualTo(cancelled.contains(report.id()) ? ReportStatus.CANCELLED : ReportStatus.DELIVERED));
        assertThat(addresses.stream().mapToInt(MoodyMailServer::received)).allMatch(mails -> mails <= 1);
        assertThat(addresses.stream().filter(address -> MoodyMailServer.received(address) == 1)).hasSize(150 - cancelled.size());
        assertThat(cancelled).allSatisfy(id -> assertThat(world.events(id)).doesNotContain("report.handing-over"));
        var run = finished(runId);
        assertThat(run.counts().values().stream().mapToInt(n -> n).sum()).isEqualTo(150);
        assertThat(run.counts().getOrDefault("cancelled", 0)).isEqualTo(cancelled.size());
        assertThat(world.count("SELECT COUNT(*) FROM job WHERE tenant_id = ?", tenant.id())).isZero();
    }

    @Test
    void aRetriedReportReopensItsRunAndTheRunFinishesAgain() {
        world.recipients(tenant, 3, "ann");
        world.recipients(tenant, 1, "reject");
        var runId = run(DeliveryMode.ATTACHMENT);
        world.ended(runId, 4);
        assertThat(finished(runId).counts()).containsOnly(Map.entry("delivered", 3), Map.entry("bounced", 1));
        var bounced = theOne(runId, ReportStatus.BOUNCED);
        world.sql("UPDATE recipient SET email = CONCAT('fine-', email) WHERE tenant_id = ? AND user_id = 'u-reject-0'", tenant.id());

        post(bounced.id(), "retry").statusCode(202);

        var report = await().atMost(Duration.ofSeconds(40))
                .until(() -> world.report(bounced.id()), found -> found.status() == ReportStatus.DELIVERED);
        assertThat(report.delivery().messageId()).isEqualTo(bounced.delivery().messageId());
        assertThat(report.delivery().to()).startsWith("fine-");
        assertThat(report.delivery().attempts()).isEqualTo(2);
        var again = await().atMost(Duration.ofSeconds(40))
                .until(() -> theRun(runId), run -> run.state() == RunState.FINISHED && run.counts().containsValue(4));
        assertThat(again.counts()).containsOnly(Map.entry("delivered", 4));
        assertThat(world.events(runId)).endsWith("run.finished", "run.reopened", "run.finished");
    }

    @Test
    void whatFailedForEverFailsAgainAndIsCountedOnce() {
        world.recipients(tenant, 1, "later");
        var runId = run(DeliveryMode.ATTACHMENT);
        world.begunADayAgo(world.deferred(runId, 1).id());
        var failed = world.ended(runId, 1).getFirst();
        finished(runId);

        post(failed.id(), "retry").statusCode(202);

        // A retried report may be tried for a day again.
        world.deferred(runId, failed.delivery().attempts() + 2);
        world.begunADayAgo(failed.id());
        var again = world.ended(failed.id());
        assertThat(again.status()).isEqualTo(ReportStatus.FAILED);
        assertThat(again.delivery().messageId()).isEqualTo(failed.delivery().messageId());
        assertThat(world.events(failed.id())).containsOnlyOnce("report.generated");
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() ->
                assertThat(world.events(runId)).endsWith("run.finished", "run.reopened", "run.finished"));
        assertThat(finished(runId).counts()).containsOnly(Map.entry("failed", 1));
    }

    @Test
    void aMailWithAnUnknownOutcomeStaysFlaggedAfterARetry() {
        var address = world.recipients(tenant, 1, "cutalways").getFirst();
        var runId = run(DeliveryMode.ATTACHMENT);
        var unknown = world.ended(runId, 1).getFirst();
        assertThat(unknown.status()).isEqualTo(ReportStatus.UNKNOWN);
        world.sql("UPDATE recipient SET email = ? WHERE email = ?", "fine-" + address, address);

        post(unknown.id(), "retry").statusCode(202);

        var report = await().atMost(Duration.ofSeconds(40))
                .until(() -> world.report(unknown.id()), found -> found.status() == ReportStatus.DELIVERED);
        assertThat(report.delivery().unknownBefore()).isTrue();
        assertThat(report.delivery().messageId()).isEqualTo(unknown.delivery().messageId());
    }

    @Test
    void aRunWithoutMailsDoesNotWaitForAReportThatIsMailedLater() {
        var address = world.recipients(tenant, 1, "ann").getFirst();
        var runId = run(DeliveryMode.NONE);
        var report = world.ended(runId, 1).getFirst();
        finished(runId);

        post(report.id(), "deliveries").statusCode(202);

        await().atMost(Duration.ofSeconds(40)).until(() -> world.report(report.id()).status() == ReportStatus.DELIVERED);
        assertThat(MoodyMailServer.received(address)).isEqualTo(1);
        assertThat(world.events(report.id())).containsOnlyOnce("report.generated").contains("report.delivery-requested");
        assertThat(theRun(runId).counts()).containsOnly(Map.entry("delivered", 1));
        assertThat(world.events(runId)).doesNotContain("run.reopened");
    }

    @Test
    void aTestSendOfABrokenDefinitionIsRefusedWithItsFaults() {
        world.recipients(tenant, 1, "ann");

        asAdmin(tenant.slug()).post("/api/v1/definitions/torn/test-send").then()
                .statusCode(409).contentType(Problem.MEDIA_TYPE).body("detail", containsString("report.html"));
    }

    private String run(DeliveryMode delivery) {
        return get(runs.byHand(world.order(tenant, "plain", delivery)));
    }

    private Report theOne(String runId, ReportStatus status) {
        return world.reports(runId).stream().filter(report -> report.status() == status).findFirst().orElseThrow();
    }

    private Run finished(String runId) {
        return await().atMost(Duration.ofSeconds(40)).until(() -> theRun(runId), run -> run.state() == RunState.FINISHED);
    }

    private Run theRun(String runId) {
        return get(seen.find(Scope.EVERY_TENANT, runId)).orElseThrow();
    }

    /** With an idempotency key, so that the change is in the transaction of the request. */
    private ValidatableResponse post(String id, String verb) {
        return asAdmin(tenant.slug()).header(IdempotentRequests.HEADER, UUID.randomUUID().toString())
                .post("/api/v1/reports/" + id + "/" + verb).then();
    }
}
