package io.weekly.api;

import static io.weekly.testing.Api.asAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.weekly.report.Report;
import io.weekly.report.ReportStatus;
import io.weekly.testing.DeliveredReports;
import io.weekly.testing.Inbound;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a notification changes depends on the state of the report and on earlier notifications. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(Inbound.class)
class DsnInboundResourceStatesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String NO_SUCH_USER = "550 5.1.1 no such user";

    @Inject
    World world;

    @Inject
    DeliveredReports delivered;

    private static byte[] bounce(Report report) {
        return DeliveredReports.mail(report).postfix("failed", "5.1.1", NO_SUCH_USER);
    }

    @Test
    void aRepeatedMessageChangesNothing() {
        var report = delivered.one();
        Inbound.dsn(bounce(report)).statusCode(200).body("applied", equalTo(1));
        var events = world.events(report.id());

        Inbound.dsn(bounce(report)).statusCode(200).body("applied", equalTo(0)).body("items[0].result", equalTo("repeated"));

        assertThat(world.events(report.id())).isEqualTo(events);
        assertThat(world.count("SELECT count FROM suppression WHERE address = ?", report.delivery().to())).isEqualTo(1);
    }

    @Test
    void theFirstDefiniteEndCounts() {
        var report = delivered.one();
        var mail = DeliveredReports.mail(report);
        Inbound.dsn(mail.postfix("failed", "5.7.1", "550 5.7.1 blocked")).statusCode(200).body("applied", equalTo(1));

        Inbound.dsn(bounce(report)).statusCode(200).body("items[0].result", equalTo("decided"));
        Inbound.dsn(mail.postfix("delivered", "2.0.0", "250 ok")).statusCode(200);

        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.FAILED);
        assertThat(delivered.suppressions(report)).isEmpty();
    }

    @Test
    void reportsThatFailedLaterAreRetriedByTheirReason() {
        var run = delivered.run(2);
        Inbound.dsn(DeliveredReports.mail(run.first()).postfix("failed", "5.7.26", "550 5.7.26 not authenticated")).statusCode(200);

        for (var retry : Map.of("service", 0, "sender", 1).entrySet()) {
            asAdmin(run.tenant().slug()).contentType(ContentType.JSON).body(Map.of("reason", retry.getKey()))
                    .post("/api/v1/runs/" + run.run() + "/retry").then().body("retried", equalTo(retry.getValue()));
        }
        await().atMost(TIMEOUT).until(() -> world.report(run.first().id()).status() == ReportStatus.DELIVERED);
    }

    @Test
    void aBounceThatIsFasterThanOurCommitIsSentAgain() {
        var report = delivered.one();
        world.sql("UPDATE report SET status = 'generated' WHERE id = UNHEX(?)", report.id());
        world.sql("""
            INSERT INTO job (lane, state, priority, turn, tenant_id, report_id, attempt, due_at, lease_token, leased_at, handing_over,
                             created_at)
            SELECT 'deliver', 'leased', 1, 0, tenant_id, id, 1, NOW(6) + INTERVAL 1 HOUR, 1, NOW(6), TRUE, NOW(6)
            FROM report WHERE id = UNHEX(?)""", report.id());

        Inbound.dsn(bounce(report)).statusCode(503).header("Retry-After", not(emptyOrNullString()));
        assertThat(delivered.suppressions(report)).isEmpty();

        world.sql("DELETE FROM job WHERE report_id = UNHEX(?)", report.id());
        world.sql("UPDATE report SET status = 'delivered' WHERE id = UNHEX(?)", report.id());
        Inbound.dsn(bounce(report)).statusCode(200).body("applied", equalTo(1));
        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.BOUNCED);
    }

    @Test
    void aMailThatWaitsToBeSentAgainIsNotSentAfterItBounced() {
        var report = delivered.one();
        world.sql("UPDATE report SET status = 'generated' WHERE id = UNHEX(?)", report.id());
        world.sql("UPDATE delivery SET outcome = 'unknown' WHERE report_id = UNHEX(?)", report.id());
        world.sql("""
            INSERT INTO job (lane, state, priority, turn, tenant_id, report_id, attempt, due_at, handing_over, created_at)
            SELECT 'deliver', 'scheduled', 1, 0, tenant_id, id, 1, NOW(6) + INTERVAL 1 HOUR, TRUE, NOW(6)
            FROM report WHERE id = UNHEX(?)""", report.id());

        Inbound.dsn(bounce(report)).statusCode(200).body("applied", equalTo(1));

        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.BOUNCED);
        assertThat(world.count("SELECT COUNT(*) FROM job WHERE report_id = UNHEX(?)", report.id())).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "unknown,    applied", "bounced,   decided", "failed,  decided", "suppressed, decided", "skipped, decided", "cancelled, decided",
        "queued,     decided", "generated, decided"
    })
    void onlyAReportWithoutADefiniteEndIsChanged(String status, String result) {
        var report = delivered.one();
        world.sql("UPDATE report SET status = ? WHERE id = UNHEX(?)", status, report.id());

        Inbound.dsn(bounce(report)).statusCode(200).body("items[0].result", equalTo(result));

        assertThat(world.one("SELECT status FROM report WHERE id = UNHEX(?)", report.id()).getString(0))
                .isEqualTo(result.equals("applied") ? "bounced" : status);
    }

    /** Neither says that the mail arrived. */
    @ParameterizedTest
    @CsvSource({"relayed, unknown, DELIVERED, applied", "expanded, delivered, DELIVERED, nothing-to-do"})
    void aMailThatWasPassedOnWasSent(String action, String before, ReportStatus after, String result) {
        var report = delivered.one();
        world.sql("UPDATE report SET status = ? WHERE id = UNHEX(?)", before, report.id());
        world.sql("""
            INSERT INTO soft_bounce (tenant_id, address, period, dialogue, at)
            SELECT tenant_id, ?, period, FALSE, NOW(6) - INTERVAL 1 DAY
            FROM report WHERE id = UNHEX(?)""", report.delivery().to(), report.id());

        Inbound.dsn(DeliveredReports.mail(report).postfix(action, "2.0.0", "250 ok")).statusCode(200)
                .body("items[0].result", equalTo(result));

        assertThat(world.report(report.id()).status()).isEqualTo(after);
        assertThat(delivered.softBounces(report)).isEqualTo(1);
    }

    /** The later mail was accepted, so the report is delivered. The address bounces all the same. */
    @Test
    void theBounceOfAnEarlierDeliveryIsAboutItsAddressOnly() {
        var report = delivered.one();
        asAdmin(slug(report)).post("/api/v1/reports/" + report.id() + "/deliveries").then().statusCode(202);
        await().atMost(TIMEOUT).until(() -> world.report(report.id()), again -> again.status() == ReportStatus.DELIVERED
                && again.delivery().messageId().contains(".2@"));

        Inbound.dsn(bounce(report)).statusCode(200).body("applied", equalTo(1));

        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(delivered.suppressions(report)).containsExactly("bounced");
    }

    private String slug(Report report) {
        return world.one("SELECT t.slug FROM tenant t JOIN report r ON r.tenant_id = t.id WHERE r.id = UNHEX(?)", report.id()).getString(0);
    }

    @Test
    void anErasedPersonIsNotNamedAgain() {
        var report = delivered.one();
        world.sql("UPDATE delivery SET address = '', reply = NULL WHERE report_id = UNHEX(?)", report.id());

        Inbound.dsn(bounce(report)).statusCode(200).body("items[0].result", equalTo("unknown-mail"));

        assertThat(world.one("SELECT reply FROM delivery WHERE report_id = UNHEX(?)", report.id()).getString(0)).isNull();
        assertThat(delivered.suppressions(report)).isEmpty();
    }
}
