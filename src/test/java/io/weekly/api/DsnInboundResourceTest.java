package io.weekly.api;

import static io.weekly.testing.Api.asAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.delivery.inbound.RecordedLateBounces;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.report.Report;
import io.weekly.report.ReportStatus;
import io.weekly.testing.DeliveredReports;
import io.weekly.testing.Inbound;
import io.weekly.testing.SampleMessages;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
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

    @Inject
    RecordedLateBounces letters;

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
        "4.4.7,  451 4.4.7 delivery time expired,  FAILED,  false, 0"
    })
    void onlyAnAddressIsSuppressed(String status, String reply, ReportStatus end, boolean suppressed, int softBounces) {
        var report = delivered.one();

        Inbound.dsn(DeliveredReports.mail(report).postfix("failed", status, reply)).statusCode(200).body("applied", equalTo(1));

        assertThat(world.report(report.id()).status()).isEqualTo(end);
        assertThat(delivered.suppressions(report)).hasSize(suppressed ? 1 : 0);
        assertThat(delivered.softBounces(report)).isEqualTo(softBounces);
    }

    /** Providers hide the address of a reader who complains, and return our own id of the mail. */
    @ParameterizedTest
    @CsvSource({
        "redacted@,      applied", "b9c1f@,       applied", "xxxx@xxxx,     applied", "[redacted],    applied",
        "else@other.test, other-recipient"
    })
    void aComplaintOfAHiddenReaderCounts(String written, String result) {
        var report = delivered.one();
        var to = report.delivery().to();
        var hidden = written.endsWith("@") ? written + to.substring(to.indexOf('@') + 1) : written;
        var message = new String(DeliveredReports.mail(report).named("complaint"), StandardCharsets.UTF_8)
                .replace("Original-Rcpt-To: <" + to + ">", "Original-Rcpt-To: " + hidden);

        Inbound.dsn(message.getBytes(StandardCharsets.UTF_8)).statusCode(200).body("items[0].result", equalTo(result));

        assertThat(delivered.suppressions(report)).hasSize(result.equals("applied") ? 1 : 0);
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
    void aMailThatNobodyKnowsIsIgnored() {
        var report = delivered.one();
        var message = new String(bounce(report), StandardCharsets.UTF_8).replace(report.id(), "0".repeat(32));

        Inbound.dsn(message.getBytes(StandardCharsets.UTF_8)).statusCode(200).body("items[0].result", equalTo("unknown-mail"));
    }

    private String slug(Report report) {
        return world.one("SELECT t.slug FROM tenant t JOIN report r ON r.tenant_id = t.id WHERE r.id = UNHEX(?)", report.id()).getString(0);
    }

    /** Letters to owners, for example. */
    @Test
    void theBounceOfAMailThatIsNoReportIsPassedOnOnce() {
        var messageId = RecordedLateBounces.KNOWN + UUID.randomUUID() + "@localhost>";
        var mail = new SampleMessages(messageId, "none", "owner@customer.test");

        Inbound.dsn(mail.named("exim")).statusCode(200).body("items[0].result", equalTo("applied"));
        Inbound.dsn(mail.named("exim")).statusCode(200).body("items[0].result", equalTo("repeated"));
        Inbound.dsn(new SampleMessages(messageId.replace("localhost", "another.test"), "none", "owner@customer.test").named("exim"))
                .statusCode(200).body("items[0].result", equalTo("unknown-mail"));

        var unknown = new SampleMessages("<%s@localhost>".formatted(UUID.randomUUID()), "none", "owner@customer.test").named("exim");
        for (var attempt = 0; attempt < 2; attempt++) {
            Inbound.dsn(unknown).statusCode(200).body("items[0].result", equalTo("unknown-mail"));
        }

        assertThat(letters.bounces(messageId)).singleElement().satisfies(bounce -> {
            assertThat(bounce.recipients()).containsExactly("owner@customer.test");
            assertThat(bounce.meaning()).isEqualTo(ReplyClass.ADDRESS);
        });
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
