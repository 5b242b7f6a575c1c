package io.weekly.api;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which messages are taken as those of Amazon SNS. A server of the test answers in the place of Amazon's hosts. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(Inbound.class)
class SesInboundResourceTrustTest {

    private static final String HOST = "https://sns.eu-west-1.amazonaws.com";

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

    private ValidatableResponse notify(Object message) {
        return Inbound.ses(sns.signed(sns.notification(Inbound.TOPIC, message)));
    }

    @Test
    void theCertificateIsReadOnce() {
        for (var i = 0; i < 3; i++) {
            notify("{}").statusCode(200);
        }

        assertThat(amazon.asked(certificate)).hasSize(1);
    }

    @Test
    void aChangedFieldIsNotSigned() {
        var report = delivered.one();
        for (var field : List.of("Message", "MessageId", "Subject", "Timestamp", "Type", "SignatureVersion", "Signature")) {
            var fields = sns.notification(Inbound.TOPIC, SesEvents.bounce("eventType", report, "Permanent", "NoEmail", Map.of()));
            sns.signed(fields);
            switch (field) {
                case "Timestamp" -> fields.put(field, Instant.now().minusSeconds(1).toString());
                case "Type" -> fields.putAll(
                        sns.confirmation("SubscriptionConfirmation", Inbound.TOPIC, HOST + "/?Action=ConfirmSubscription&x"));
                case "SignatureVersion" -> fields.put(field, "3");
                case "Signature" -> fields.put(field, "AAAA");
                default -> fields.put(field, fields.get(field) + " ");
            }
            var signature = fields.get("Signature");
            fields.put("Signature", signature == null ? "" : signature);

            Inbound.ses(SnsSender.json(fields)).statusCode(403);
        }
        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(amazon.asked("ConfirmSubscription")).isEmpty();
    }

    @Test
    void anotherKeyOrCertificateIsNotAmazon() {
        var other = new SnsSender("CN=sns.amazonaws.com", Duration.ofDays(-1), Duration.ofDays(1), 2048, HOST + certificate);
        Inbound.ses(other.signed(other.notification(Inbound.TOPIC, "{}"))).statusCode(403);

        var senders = new ArrayList<SnsSender>();
        senders.add(new SnsSender("CN=sns.evil.test", Duration.ofDays(-1), Duration.ofDays(1), 2048, HOST + "/a.pem"));
        senders.add(new SnsSender("CN=sns.amazonaws.com", Duration.ofDays(-2), Duration.ofDays(-1), 2048, HOST + "/b.pem"));
        senders.add(new SnsSender("CN=sns.amazonaws.com", Duration.ofDays(1), Duration.ofDays(2), 2048, HOST + "/c.pem"));
        senders.add(new SnsSender("CN=sns.amazonaws.com", Duration.ofDays(-1), Duration.ofDays(1), 1024, HOST + "/d.pem"));
        for (var i = 0; i < senders.size(); i++) {
            amazon.put("/" + (char) ('a' + i) + ".pem", 200, senders.get(i).certificate());
            Inbound.ses(senders.get(i).signed(senders.get(i).notification(Inbound.TOPIC, "{}"))).statusCode(403);
        }
    }

    @Test
    void aCertificateFromAnotherHostIsNeverRead() {
        for (var url : List.of(
                "https://evil.test" + certificate, "http://sns.eu-west-1.amazonaws.com" + certificate,
                "https://sns.eu-west-1.amazonaws.com.evil.test" + certificate,
                "https://sns.eu-west-1.amazonaws.com@evil.test" + certificate)) {
            var fields = sns.notification(Inbound.TOPIC, "{}");
            fields.put("SigningCertURL", url);
            Inbound.ses(sns.signed(fields)).statusCode(403);
        }
        assertThat(amazon.asked("")).isEmpty();
    }

    @Test
    void whatAmazonDoesNotAnswerNowIsAskedAgain() {
        for (var path : List.of("/missing.pem", "/moved.pem", "/large.pem")) {
            amazon.put("/moved.pem", 302, new byte[0]);
            amazon.put("/large.pem", 200, new byte[100_000]);
            var sender = new SnsSender("CN=sns.amazonaws.com", Duration.ofDays(-1), Duration.ofDays(1), 2048, HOST + path);
            Inbound.ses(sender.signed(sender.notification(Inbound.TOPIC, "{}"))).statusCode(503);
        }
        assertThat(amazon.asked("/moved")).containsExactly("/moved.pem");
    }

    @Test
    void anotherTopicAndAnOldMessageAreRefusedBeforeAmazonIsAsked() {
        Inbound.ses(sns.signed(sns.notification("arn:aws:sns:eu-west-1:999999999999:ses-events", "{}"))).statusCode(403);
        for (var seconds : List.of(-3700, 400)) {
            var fields = sns.notification(Inbound.TOPIC, "{}");
            fields.put("Timestamp", Instant.now().plusSeconds(seconds).toString());
            Inbound.ses(sns.signed(fields)).statusCode(403);
        }
        assertThat(amazon.asked("")).isEmpty();
    }

    @Test
    void aSubscriptionIsConfirmedForAnAllowedTopicByItsOwnHostOnly() {
        amazon.put("/", 200, "<ConfirmSubscriptionResponse/>".getBytes());
        var url = HOST + "/?Action=ConfirmSubscription&TopicArn=" + Inbound.TOPIC + "&Token=abc";

        Inbound.ses(sns.signed(sns.confirmation("SubscriptionConfirmation", "arn:aws:sns:eu-west-1:1:other", url))).statusCode(403);
        Inbound.ses(sns.signed(sns.confirmation("SubscriptionConfirmation", Inbound.TOPIC, url.replace(HOST, "https://evil.test"))))
                .statusCode(403);
        assertThat(amazon.asked("ConfirmSubscription")).isEmpty();

        Inbound.ses(sns.signed(sns.confirmation("SubscriptionConfirmation", Inbound.TOPIC, url))).statusCode(200);
        assertThat(amazon.asked("ConfirmSubscription")).containsExactly(url.replace(HOST, ""));

        Inbound.ses(sns.signed(sns.confirmation("UnsubscribeConfirmation", Inbound.TOPIC, url))).statusCode(200);
        assertThat(amazon.asked("ConfirmSubscription")).hasSize(1);
    }

    @Test
    void aSubscriptionThatAmazonDoesNotConfirmIsTriedAgain() {
        amazon.put("/", 500, new byte[0]);

        Inbound.ses(sns.signed(sns.confirmation("SubscriptionConfirmation", Inbound.TOPIC, HOST + "/?Action=ConfirmSubscription&Token=a")))
                .statusCode(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "{", "[]", "null", "7", "{}", "{\"Type\": \"Notification\"}", "{\"Type\": 7}", "{\"notificationType\": \"Bounce\"}"
    })
    void whatIsNoMessageOfAmazonIsRefused(String body) {
        Inbound.ses(body).statusCode(400);
    }
}
