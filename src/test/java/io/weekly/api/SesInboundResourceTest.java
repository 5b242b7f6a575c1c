package io.weekly.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.weekly.report.ReportStatus;
import io.weekly.testing.AmazonServer;
import io.weekly.testing.DeliveredReports;
import io.weekly.testing.Inbound;
import io.weekly.testing.SesEvents;
import io.weekly.testing.SnsSender;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of Amazon SNS with events of Amazon SES. A server of the test answers in the place of Amazon's hosts. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(Inbound.class)
class SesInboundResourceTest {

    @Inject
    World world;

    @Inject
    DeliveredReports delivered;

    private AmazonServer amazon;
    private String certificate;
    private SnsSender sns;

    @BeforeEach
    void amazonHasACertificate() {
        amazon = AmazonServer.start();
        certificate = "/SimpleNotificationService-" + UUID.randomUUID() + ".pem";
        sns = SnsSender.genuine(amazon, certificate);
    }

    @AfterEach
    void stop() {
        amazon.close();
    }

    @ParameterizedTest
    @CsvSource({"notificationType, 1", "notificationType, 2", "eventType, 1", "eventType, 2"})
    void aBounceIsAppliedInBothFormatsWithBothSignatures(String format, String version) {
        var report = delivered.one();
        var fields = sns.notification(Inbound.TOPIC, SesEvents.bounce(format, report, "Permanent", "General",
                Map.of("action", "failed", "status", "5.1.1", "diagnosticCode", "smtp; 550 5.1.1 user unknown")));
        fields.put("SignatureVersion", version);

        Inbound.ses(sns.signed(fields)).statusCode(200).body("applied", equalTo(1));

        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.BOUNCED);
        assertThat(delivered.suppressions(report)).containsExactly("bounced");
    }

    private ValidatableResponse notify(Object message) {
        return Inbound.ses(sns.signed(sns.notification(Inbound.TOPIC, message)));
    }

    @ParameterizedTest
    @CsvSource({
        "Permanent,    General,                 failed, 5.1.1, smtp; 550 5.1.1 user unknown,     BOUNCED,   bounced",
        "Permanent,    General,                 failed, 5.7.1, smtp; 550 5.7.1 blocked,          FAILED,    ",
        "Permanent,    General,                 ,       ,      ,                                 BOUNCED,   bounced",
        "Permanent,    NoEmail,                 ,       ,      ,                                 BOUNCED,   bounced",
        "Permanent,    Suppressed,              failed, 5.1.1, 'Amazon SES has suppressed it',   BOUNCED,   bounced",
        "Permanent,    OnAccountSuppressionList, failed, ,     ,                                 BOUNCED,   bounced",
        "Transient,    MailboxFull,             failed, 5.2.2, smtp; 552 5.2.2 full,             BOUNCED,   ",
        "Transient,    General,                 ,       ,      ,                                 DELIVERED, ",
        "Transient,    General,                 failed, 4.4.7, smtp; 550 4.4.7 expired,          FAILED,    ",
        "Transient,    General,                 failed, 5.1.1, smtp; 550 5.1.1 user unknown,     FAILED,    ",
        "Transient,    MessageTooLarge,         failed, 5.3.4, smtp; 552 5.3.4 too large,        GENERATED, ",
        "Transient,    ContentRejected,         failed, 5.6.0, smtp; 554 5.6.0 rejected,         FAILED,    ",
        "Transient,    AttachmentRejected,      ,       ,      ,                                 FAILED,    ",
        "Transient,    CustomTimeoutExceeded,   ,       ,      ,                                 FAILED,    ",
        "Undetermined, Undetermined,            ,       ,      ,                                 DELIVERED, ",
        "Undetermined, Undetermined,            failed, 5.0.0, smtp; 550 refused,                FAILED,    "
    })
    void eachTypeOfBounceHasItsMeaning(
            String type, String subType, String action, String status, String diagnostic, ReportStatus end, String suppression) {
        var report = delivered.one();
        var said = new HashMap<String, String>();
        said.put("action", action);
        said.put("status", status);
        said.put("diagnosticCode", diagnostic);
        said.values().removeIf(Objects::isNull);

        notify(SesEvents.bounce("eventType", report, type, subType, said)).statusCode(200);

        assertThat(world.report(report.id()).status()).isEqualTo(end);
        assertThat(delivered.suppressions(report)).isEqualTo(suppression == null ? List.of() : List.of(suppression));
        assertThat(delivered.softBounces(report)).isEqualTo(subType.equals("MailboxFull") ? 1 : 0);
    }

    @Test
    void theMessageIdOfSesIsTheIdInTheReplyOfItsServer() {
        var report = delivered.run(1, "id").first();
        var id = report.delivery().to();
        var complaint = Map.of(
                "complainedRecipients", List.of(Map.of("emailAddress", report.delivery().to())), "complaintFeedbackType", "abuse");

        notify(Map.of("eventType", "Complaint", "complaint", complaint, "mail", Map.of("messageId", id))).body("applied", equalTo(1));

        assertThat(delivered.suppressions(report)).containsExactly("complained");
        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.DELIVERED);
    }

    /** Amazon SES calls it a complaint, because an earlier one is the reason. */
    @Test
    void aMailThatSesDidNotSendBecauseOfAnEarlierComplaintDidNotArrive() {
        var report = delivered.one();
        var complaint = Map.of(
                "complaintSubType", "OnAccountSuppressionList",
                "complainedRecipients", List.of(Map.of("emailAddress", report.delivery().to())));

        notify(Map.of("eventType", "Complaint", "complaint", complaint, "mail", SesEvents.mail(report))).body("applied", equalTo(1));

        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.BOUNCED);
        assertThat(world.report(report.id()).error()).contains("did not send the mail");
        assertThat(delivered.suppressions(report)).containsExactly("bounced");
    }

    @Test
    void aRejectedMailFailsAndADeliveryAfterAFullMailboxChangesNothing() {
        var reports = delivered.run(2).reports();
        notify(Map.of("eventType", "Reject", "reject", Map.of("reason", "Bad content"), "mail", SesEvents.mail(reports.get(0))));
        notify(SesEvents.bounce("eventType", reports.get(1), "Transient", "MailboxFull", Map.of()));
        assertThat(delivered.softBounces(reports.get(1))).isEqualTo(1);

        notify(Map.of("eventType", "Delivery", "delivery", Map.of("recipients", List.of(reports.get(1).delivery().to())),
                "mail", SesEvents.mail(reports.get(1)))).body("items[0].result", equalTo("decided"));

        assertThat(world.report(reports.get(0).id()).status()).isEqualTo(ReportStatus.FAILED);
        assertThat(world.report(reports.get(0).id()).error()).contains("Bad content");
        assertThat(delivered.softBounces(reports.get(1))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"eventType\": \"DeliveryDelay\", \"mail\": {}}", "{\"eventType\": \"Send\"}", "{\"notificationType\": \"Bounce\"}",
        "{\"eventType\": \"Bounce\", \"bounce\": {\"bouncedRecipients\": [1, null, {}, []]}, \"mail\": 7}", "{\"eventType\": {}}",
        "{\"eventType\": \"Complaint\", \"complaint\": {\"complaintFeedbackType\": \"not-spam\", \"complainedRecipients\": [{}]}}",
        "[]", "null", "7", "", "{", "Successfully validated SNS topic for Amazon SES event publishing."
    })
    void anotherMessageOfAmazonIsAnsweredAndChangesNothing(String message) {
        notify(message).statusCode(200).body("applied", equalTo(0));
    }

    @Test
    void aMessageThatIsSentAgainChangesNothing() {
        var report = delivered.one();
        var body = sns.signed(sns.notification(Inbound.TOPIC, SesEvents.bounce("eventType", report, "Permanent", "NoEmail", Map.of())));
        Inbound.ses(body).statusCode(200).body("applied", equalTo(1));

        Inbound.ses(body).statusCode(200).body("applied", equalTo(0)).body("items[0].result", equalTo("repeated"));
    }
}
