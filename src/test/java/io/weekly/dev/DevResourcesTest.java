package io.weekly.dev;

import static io.restassured.RestAssured.given;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.MailSender;
import io.weekly.delivery.OutgoingMail;
import io.weekly.delivery.OutgoingMail.Attachment;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class DevResourcesTest {
    @Inject
    MailSender mails;

    @BeforeEach
    void emptyOutbox() {
        TestMail.clear();
    }

    @Test
    void theOutboxShowsTheNewestMailFirstAndItsRawMessage() {
        send("ann@acme.test", "first", List.of());
        send("bob@acme.test", "second", List.of(new Attachment("report.pdf", "application/pdf", new byte[1234])));

        String id = given().get("/dev/outbox").then().statusCode(200).contentType("application/json")
                .body("$", hasSize(2))
                .body("[0].subject", equalTo("second"))
                .body("[0].to", equalTo("bob@acme.test"))
                .body("[0].keySet().sort()", equalTo(List.of("attachments", "date", "from", "id", "subject", "to")))
                .body("[0].attachments", equalTo(List.of(java.util.Map.of("name", "report.pdf", "type", "application/pdf",
                        "bytes", 1234))))
                .body("[1].subject", equalTo("first"))
                .extract().path("[1].id");

        String raw = given().get("/dev/outbox/" + id).then().statusCode(200).extract().asString();
        assertThat(raw).contains("Subject: first");
    }

    private void send(String to, String subject, List<Attachment> attachments) {
        var mail = new OutgoingMail(to, null, null, "<" + UUID.randomUUID() + "@test>", subject, null, "Text", attachments);
        assertThat(get(mails.handOver(mail))).isInstanceOf(HandOver.Accepted.class);
    }

    @Test
    void aMailThatWasNeverCaughtIsNotFound() {
        given().get("/dev/outbox/..%2Fkeys%2Fprivate").then().statusCode(404);
        given().get("/dev/outbox/nothing").then().statusCode(404).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "auditor"})
    void theTokenOfAnOperatorOrAuditorNamesNoTenant(String role) {
        String token = given().get("/dev/token?tenant=&user=&role=" + role).then().statusCode(200).contentType("text/plain")
                .extract().asString();

        JsonObject claims = new JsonObject(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
        assertThat(claims.getJsonArray("groups")).containsExactly(role);
        assertThat(claims.containsKey("tenant_id")).isFalse();
        assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(12 * 3600);
    }

    @Test
    void unknownRolesAndTenantsAreRefused() {
        given().get("/dev/token?role=emperor").then().statusCode(400).contentType("application/problem+json")
                .body("status", equalTo(400));
        given().get("/dev/token?role=viewer&tenant=nobody").then().statusCode(404).contentType("application/problem+json");
    }
}
