package io.weekly.api;

import static io.weekly.api.Api.as;
import static io.weekly.api.Api.asAdmin;
import static io.weekly.api.Api.asOperator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.weekly.api.http.Once;
import io.weekly.api.http.Problem;
import io.weekly.report.ReportStatus;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands still: no lane works, so each test says itself where its report is. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class ReportVerbResourceTest {

    private static final String REPORTS = "/api/v1/reports/";

    @Inject
    World world;

    private TenantRow tenant;
    private String address;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        address = world.recipients(tenant, 2, "ann").getFirst();
    }

    @Test
    void whatIsCancelledBeforeItStartsHasNoJobAnyMore() {
        var id = queued("attachment");

        asAdmin(tenant.slug()).post(REPORTS + id + "/cancellation").then()
                .statusCode(202)
                .header("Location", matchesPattern(".*" + REPORTS + id))
                .header("Retry-After", "1")
                .body("id", equalTo(id))
                .body("status", equalTo("cancelled"))
                .body("done", equalTo(true))
                .body("sample", equalTo(false));

        assertThat(jobs(id)).isZero();
        assertThat(world.events(id)).containsExactly("report.requested", "report.cancelled");
        asAdmin(tenant.slug()).get(REPORTS + id + "/events").then().body("items[1].actor", equalTo("user:admin"));
        post(asAdmin(tenant.slug()), id, "cancellation").statusCode(409).body("detail", containsString("is cancelled"));
    }

    @Test
    void whatWaitsToBeMailedIsCancelledWithoutAMail() {
        var id = queued("attachment");
        generated(id);

        post(asAdmin(tenant.slug()), id, "cancellation").statusCode(202).body("status", equalTo("cancelled"));

        assertThat(jobs(id)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"cancellation", "retry", "deliveries"})
    void whatAWorkerHasIsLeftToIt(String verb) {
        var id = queued("attachment");
        world.sql("UPDATE job SET state = 'leased', lease_token = 1, leased_at = NOW(6) WHERE report_id = UNHEX(?)", id);

        post(asAdmin(tenant.slug()), id, verb)
                .statusCode(409).contentType(Problem.MEDIA_TYPE).body("detail", containsString("is generating"));

        generated(id);
        world.sql("UPDATE job SET state = 'leased', lease_token = 1, leased_at = NOW(6) WHERE report_id = UNHEX(?)", id);
        post(asAdmin(tenant.slug()), id, verb).statusCode(409).body("detail", containsString("is delivering"));
        assertThat(jobs(id)).isEqualTo(1);
    }

    @Test
    void aMailThatMayBeOutIsNotTakenBack() {
        var id = queued("attachment");
        generated(id);
        world.sql("UPDATE job SET state = 'scheduled', handing_over = TRUE WHERE report_id = UNHEX(?)", id);

        post(asAdmin(tenant.slug()), id, "cancellation").statusCode(409).body("detail", containsString("its mail may be out"));

        assertThat(jobs(id)).isEqualTo(1);
    }

    @Test
    void whatWasNeverGeneratedIsTriedAgainFromTheBeginning() {
        var id = queued("attachment");
        ended(id, "failed");

        post(asAdmin(tenant.slug()), id, "retry").statusCode(202)
                .body("status", equalTo("queued")).body("attempt", equalTo(0)).body("error", nullValue());

        assertThat(lane(id)).isEqualTo("generate");
        assertThat(world.events(id)).endsWith("report.retried");
    }

    @Test
    void whatWasGeneratedIsMailedAgainAndWhatHasExpiredIsGeneratedAgain() {
        var id = queued("attachment");
        generated(id);
        ended(id, "bounced");

        post(asAdmin(tenant.slug()), id, "retry").statusCode(202).body("status", equalTo("generated")).body("done", equalTo(false));
        assertThat(lane(id)).isEqualTo("deliver");

        ended(id, "failed");
        world.sql("UPDATE file SET expires_at = NOW(6) - INTERVAL 1 DAY WHERE report_id = UNHEX(?)", id);
        post(asAdmin(tenant.slug()), id, "deliveries").statusCode(409).body("detail", containsString("files are not kept"));
        post(asAdmin(tenant.slug()), id, "retry").statusCode(202).body("status", equalTo("queued")).body("generatedAt", nullValue());
        assertThat(lane(id)).isEqualTo("generate");
    }

    @ParameterizedTest
    @CsvSource({"unknown, true", "NULL, true", "deferred, false", "rejected, false"})
    void aMailThatMayBeTheSecondIsFlagged(String outcome, boolean flagged) {
        var id = queued("attachment");
        generated(id);
        delivery(id, outcome.equals("NULL") ? null : outcome);
        ended(id, "unknown");

        post(asAdmin(tenant.slug()), id, "retry").statusCode(202)
                .body("delivery.unknownBefore", equalTo(flagged))
                .body("delivery.messageId", equalTo("<first@acme.test>"))
                .body("delivery.attempts", equalTo(1));
    }

    @Test
    void aNewDeliveryHasItsOwnNumberAndGoesToTheAddressOfNow() {
        var id = queued("attachment");
        generated(id);
        delivery(id, "accepted");
        ended(id, "delivered");
        world.sql("UPDATE recipient SET email = 'new@acme.test' WHERE email = ?", address);

        post(asAdmin(tenant.slug()), id, "deliveries").statusCode(202)
                .body("status", equalTo("generated"))
                .body("deliveredAt", nullValue())
                .body("delivery.to", equalTo("new@acme.test"))
                .body("delivery.attempts", equalTo(0))
                .body("delivery.outcome", nullValue())
                .body("delivery.messageId", matchesPattern("<" + id + "\\.2@.+>"));

        assertThat(lane(id)).isEqualTo("deliver");
        post(asAdmin(tenant.slug()), id, "deliveries").statusCode(409);
    }

    @Test
    void nothingIsSentAgainWhileItsRunIsBeingCancelled() {
        var id = queued("attachment");
        generated(id);
        delivery(id, "accepted");
        ended(id, "delivered");
        ofACancelledRun(id);

        post(asAdmin(tenant.slug()), id, "deliveries").statusCode(409).body("detail", containsString("its run is held or being cancelled"));
        world.sql("UPDATE run SET finished_at = NOW(6) WHERE tenant_id = ?", tenant.id());

        post(asAdmin(tenant.slug()), id, "deliveries").statusCode(202);
    }

    /** It has another report that somebody is still mailing. */
    private void ofACancelledRun(String id) {
        world.sql("""
            INSERT INTO run (tenant_id, id, definition, period, revision, schedule_id, triggered_by, actor, state, formats, delivery,
                             window_minutes, due, started_at)
            VALUES (?, UNHEX(?), 'weekly-business', '2026-W40', 1, UNHEX(REPEAT('0', 32)), 'manual', 'test', 'cancelled', 'pdf', 'attachment',
                    0, 2, NOW(6))""", tenant.id(), id);
        world.sql("UPDATE report SET run_id = id WHERE id = UNHEX(?)", id);
    }

    @Test
    void whatWasOnlyFetchedIsMailedWhenAskedFor() {
        var id = queued("none");
        generated(id);
        world.sql("DELETE FROM job WHERE report_id = UNHEX(?)", id);
        post(asAdmin(tenant.slug()), id, "cancellation").statusCode(409);

        post(asAdmin(tenant.slug()), id, "deliveries").statusCode(202)
                .body("done", equalTo(false)).body("delivery.mode", equalTo("attachment")).body("delivery.to", equalTo(address));

        assertThat(lane(id)).isEqualTo("deliver");
    }

    @Test
    void everyChangeIsCounted() {
        var id = queued("attachment");

        post(asAdmin(tenant.slug()), id, "cancellation").statusCode(202);
        post(asAdmin(tenant.slug()), id, "retry").statusCode(202);
        generated(id);
        ended(id, "delivered");
        post(asAdmin(tenant.slug()), id, "deliveries").statusCode(202);

        assertThat(world.one("SELECT changes FROM report WHERE id = UNHEX(?)", id).getInteger("changes")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"cancellation", "retry", "deliveries"})
    void whoSeesItAndMayNotIsForbiddenAndToAllOthersItIsNotThere(String verb) {
        var id = queued("attachment");
        var other = world.tenant();

        post(as(TestTokens.viewer(tenant.slug(), "u-ann-0")), id, verb).statusCode(403).contentType(Problem.MEDIA_TYPE);
        post(as(TestTokens.viewer(tenant.slug(), "u-ann-1")), id, verb).statusCode(404).contentType(Problem.MEDIA_TYPE);
        post(asAdmin(other.slug()), id, verb).statusCode(404);
        post(asOperator(), "0".repeat(32), verb).statusCode(404);
        post(asOperator(), "nonsense", verb).statusCode(404);
        assertThat(jobs(id)).isEqualTo(1);
        post(asOperator(), id, "cancellation").statusCode(202);
    }

    @Test
    void aKeyThatComesTwiceCancelsOnce() {
        var id = queued("attachment");
        var key = UUID.randomUUID().toString();

        post(asAdmin(tenant.slug()).header(Once.HEADER, key), id, "cancellation").statusCode(202).header(Once.REPLAYED, nullValue());
        post(asAdmin(tenant.slug()).header(Once.HEADER, key), id, "cancellation").statusCode(202).header(Once.REPLAYED, "true");
        post(asAdmin(tenant.slug()).header(Once.HEADER, key), id, "retry").statusCode(202).header(Once.REPLAYED, nullValue());
        post(asAdmin(tenant.slug()).header(Once.HEADER, key), id, "retry").statusCode(202).header(Once.REPLAYED, "true");

        assertThat(world.events(id)).containsExactly("report.requested", "report.cancelled", "report.retried");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancellation", "retry"})
    void ofManyWhoAskAtOnceOneIsHeard(String verb) throws Exception {
        var id = queued("attachment");
        if (verb.equals("retry")) {
            ended(id, "failed");
        }

        var answers = Concurrently.times(8, () -> post(asAdmin(tenant.slug()), id, verb).extract().statusCode());

        assertThat(answers).containsOnlyOnce(202).containsOnly(202, 409);
        assertThat(jobs(id)).isEqualTo(verb.equals("retry") ? 1 : 0);
    }

    @Test
    void whoeverIsFasterThereIsAJobExactlyWhereSomethingIsToBeDone() throws Exception {
        var id = queued("attachment");

        for (var round = 0; round < 20; round++) {
            Concurrently.all(List.of(
                    () -> post(asAdmin(tenant.slug()), id, "cancellation").extract().statusCode(),
                    () -> post(asAdmin(tenant.slug()), id, "retry").extract().statusCode(),
                    () -> post(asAdmin(tenant.slug()), id, "cancellation").extract().statusCode(),
                    () -> post(asAdmin(tenant.slug()), id, "retry").extract().statusCode()));

            assertThat(jobs(id)).isEqualTo(world.report(id).status() == ReportStatus.QUEUED ? 1 : 0);
        }
    }

    private String queued(String delivery) {
        var deliver = delivery.equals("attachment");
        return asAdmin(tenant.slug()).contentType(ContentType.JSON)
                .body(Map.of("definition", "weekly-business", "recipient", "u-ann-0", "deliver", deliver))
                .post("/api/v1/reports").then().statusCode(202).body("id", notNullValue()).extract().path("id");
    }

    /** As the first stage ends: its files are there, and its job is to deliver. */
    private void generated(String id) {
        world.sql("UPDATE report SET status = 'generated', generated_at = NOW(6) WHERE id = UNHEX(?)", id);
        for (var format : new String[] {"pdf", "mail"}) {
            world.sql("""
                INSERT INTO file (tenant_id, report_id, format, media_type, bytes, sha256, path, created_at, expires_at)
                VALUES (?, UNHEX(?), ?, 'application/pdf', 1, REPEAT('0', 64), '', NOW(6), NOW(6) + INTERVAL 1 DAY)""", tenant.id(), id, format);
        }
        world.sql("UPDATE job SET lane = 'deliver', state = 'ready' WHERE report_id = UNHEX(?)", id);
    }

    private void delivery(String id, String outcome) {
        world.sql("""
            INSERT INTO delivery (tenant_id, report_id, number, mode, address, message_id, attempts, outcome, unknown_before, began_at)
            VALUES (?, UNHEX(?), 1, 'attachment', ?, '<first@acme.test>', 1, ?, FALSE, NOW(6))""", tenant.id(), id, address, outcome);
    }

    private void ended(String id, String status) {
        world.sql("UPDATE report SET status = ?, attempt = 2, error = 'why' WHERE id = UNHEX(?)", status, id);
        world.sql("DELETE FROM job WHERE report_id = UNHEX(?)", id);
    }

    private int jobs(String id) {
        return world.count("SELECT COUNT(*) FROM job WHERE report_id = UNHEX(?)", id);
    }

    private String lane(String id) {
        return world.one("SELECT lane FROM job WHERE report_id = UNHEX(?)", id).getString("lane");
    }

    private static ValidatableResponse post(RequestSpecification caller, String id, String verb) {
        return caller.post(REPORTS + id + "/" + verb).then();
    }
}
