package io.weekly.api;

import static io.weekly.testing.Api.asAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.emptyOrNullString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.report.Report;
import io.weekly.report.ReportStatus;
import io.weekly.testing.DeliveredReports;
import io.weekly.testing.Inbound;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications of mail systems about reports that were mailed before. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(Inbound.class)
class DsnInboundResourceTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String NO_SUCH_USER = "550 5.1.1 no such user";

    @Inject
    World world;

    @Inject
    DeliveredReports delivered;

    @Test
    void aDeliveredReportThatBouncesLaterIsBouncedAndItsFinishedRunSaysSo() {
        var run = delivered.run(3);
        var report = run.first();

        Inbound.dsn(bounce(report)).statusCode(200).body("applied", equalTo(1)).body("items[0].result", equalTo("applied"));

        var bounced = world.report(report.id());
        assertThat(bounced.status()).isEqualTo(ReportStatus.BOUNCED);
        assertThat(bounced.error()).contains(NO_SUCH_USER);
        assertThat(bounced.deliveredAt()).isNull();
        assertThat(bounced.delivery().outcome()).isEqualTo("rejected");
        assertThat(delivered.suppressions(report)).containsExactly("bounced");
        assertThat(world.events(report.id())).containsSubsequence("report.delivered", "report.bounced");
        asAdmin(run.tenant().slug()).get("/api/v1/runs/" + run.run() + "/ledger").then().statusCode(200)
                .body("due", equalTo(3)).body("delivered", equalTo(2)).body("bounced", equalTo(1)).body("balanced", equalTo(true));
        await().atMost(TIMEOUT).until(() -> world.count("SELECT COUNT(*) FROM run_delta WHERE run_id = UNHEX(?)", run.run()) == 0);
        asAdmin(run.tenant().slug()).get("/api/v1/runs/" + run.run()).then()
                .body("state", equalTo("finished")).body("counts.delivered", equalTo(2)).body("counts.bounced", equalTo(1));
    }

    private static byte[] bounce(Report report) {
        return DeliveredReports.mail(report).postfix("failed", "5.1.1", NO_SUCH_USER);
    }

    @ParameterizedTest
    @CsvSource({
        "5.1.1,  550 5.1.1 no such user,           BOUNCED, true,  0",
        "5.2.2,  552 5.2.2 mailbox full,           BOUNCED, false, 1",
        "5.7.26, 550 5.7.26 not authenticated,     FAILED,  false, 0",
        "5.3.4,  552 5.3.4 message too big,        FAILED,  false, 0",
        "4.4.7,  451 4.4.7 delivery time expired,  FAILED,  false, 0"
    })
    void onlyAnAddressIsSuppressed(String status, String reply, ReportStatus end, boolean suppressed, int softBounces) {
        var report = delivered.one();

        Inbound.dsn(DeliveredReports.mail(report).postfix("failed", status, reply)).statusCode(200).body("applied", equalTo(1));

        assertThat(world.report(report.id()).status()).isEqualTo(end);
        assertThat(delivered.suppressions(report)).hasSize(suppressed ? 1 : 0);
        assertThat(delivered.softBounces(report)).isEqualTo(softBounces);
    }

    @Test
    void aReportThatFailedLaterIsMailedAgainByOneCall() {
        var report = delivered.one();
        Inbound.dsn(DeliveredReports.mail(report).postfix("failed", "5.7.1", "550 5.7.1 blocked")).statusCode(200);

        asAdmin(slug(report)).post("/api/v1/reports/" + report.id() + "/retry").then().statusCode(202);

        await().atMost(TIMEOUT).until(() -> world.report(report.id()).status() == ReportStatus.DELIVERED);
        assertThat(world.report(report.id()).delivery().attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exim", "exim-text", "qmail", "exchange", "gmail"})
    void notificationsOfEachProgramBounceTheReport(String program) {
        var report = delivered.one();

        Inbound.dsn(DeliveredReports.mail(report).named(program)).statusCode(200).body("applied", equalTo(1));

        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.BOUNCED);
        assertThat(delivered.suppressions(report)).containsExactly("bounced");
    }

    @Test
    void theHeaderOfTheReportIsEnoughIfARelayReplacedTheMessageId() {
        var report = delivered.one();
        var message = new String(bounce(report), StandardCharsets.UTF_8).replace(report.delivery().messageId(), "<other@relay.test>");

        Inbound.dsn(message.getBytes(StandardCharsets.UTF_8)).statusCode(200).body("applied", equalTo(1));

        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.BOUNCED);
    }

    @Test
    void aComplaintSuppressesTheAddressAndTheReportStaysDelivered() {
        var report = delivered.one();

        Inbound.dsn(DeliveredReports.mail(report).named("complaint")).statusCode(200).body("applied", equalTo(1));

        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(delivered.suppressions(report)).containsExactly("complained");
        assertThat(world.events(report.id())).contains("report.complained");
    }

    @Test
    void delaysAndWhatReadersWriteChangeNothing() {
        var report = delivered.one();
        var mail = DeliveredReports.mail(report);

        Inbound.dsn(mail.postfix("delayed", "4.4.1", "connection timed out")).statusCode(200).body("applied", equalTo(0));
        Inbound.dsn(mail.named("vacation")).statusCode(200).body("items.size()", equalTo(0));
        Inbound.dsn(mail.named("answer")).statusCode(200).body("items.size()", equalTo(0));

        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.DELIVERED);
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
    void anotherRecipientIsNotTheOneOfTheMail() {
        var ours = delivered.one();
        var other = delivered.run(1).first();
        var message = new String(bounce(ours), StandardCharsets.UTF_8).replace(ours.delivery().to(), other.delivery().to());

        Inbound.dsn(message.getBytes(StandardCharsets.UTF_8)).statusCode(200).body("items[0].result", equalTo("other-recipient"));

        for (var report : List.of(ours, other)) {
            assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.DELIVERED);
            assertThat(delivered.suppressions(report)).isEmpty();
        }
    }

    @Test
    void namesOfDifferentMailsNameNone() {
        var ours = delivered.one();
        var other = delivered.run(1).first();
        var message = new String(bounce(ours), StandardCharsets.UTF_8)
                .replace("X-Weekly-Report: " + ours.id(), "X-Weekly-Report: " + other.id());

        Inbound.dsn(message.getBytes(StandardCharsets.UTF_8)).statusCode(200).body("items[0].result", equalTo("contradictory"));

        assertThat(world.report(ours.id()).status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(world.report(other.id()).status()).isEqualTo(ReportStatus.DELIVERED);
    }

    @Test
    void aMailThatNobodyKnowsIsIgnored() {
        var report = delivered.one();
        var message = new String(bounce(report), StandardCharsets.UTF_8).replace(report.id(), "0".repeat(32));

        Inbound.dsn(message.getBytes(StandardCharsets.UTF_8)).statusCode(200).body("items[0].result", equalTo("unknown-mail"));
    }

    @Test
    void aBounceThatIsFasterThanOurCommitIsSentAgain() {
        var report = delivered.one();
        world.sql("UPDATE report SET status = 'generated' WHERE id = UNHEX(?)", report.id());
        world.sql("""
            INSERT INTO job (lane, state, priority, turn, tenant_id, report_id, attempt, due_at, lease_token, leased_at, handing_over, created_at)
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

    @Test
    void onlySignedMessagesAreRead() {
        var report = delivered.one();
        var message = bounce(report);
        var type = "message/rfc822";

        for (var signature : new String[] {
            null, "", "t=1,v1=00", Inbound.signature("another-secret-of-32-bytes-00000", message),
            Inbound.signature(Inbound.GENERIC_SECRET, message), Inbound.signature(Inbound.DSN_SECRET, new byte[0])
        }) {
            Inbound.post("dsn", type, message, signature).statusCode(403).body("detail", not(equalTo(null)));
        }
        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.DELIVERED);

        Inbound.post("dsn", type, message, Inbound.signature(Inbound.PREVIOUS_DSN_SECRET, message)).statusCode(200);
        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.BOUNCED);
    }

    @Test
    void noDamagedMessageIsAFaultOfTheService() {
        var random = new Random(15);
        var report = delivered.one();
        var message = DeliveredReports.mail(report).named("gmail");
        for (var i = 0; i < 60; i++) {
            var damaged = message.clone();
            for (var j = 0; j < 1 + random.nextInt(40); j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            assertThat(Inbound.dsn(damaged).extract().statusCode()).isIn(200, 422);
        }
        Inbound.dsn(new byte[0]).statusCode(200).body("items.size()", equalTo(0));
        Inbound.dsn(new byte[1024 * 1024 + 1]).statusCode(413);
        Inbound.post("dsn", "text/html", message, Inbound.signature(Inbound.DSN_SECRET, message)).statusCode(415);
    }
}
