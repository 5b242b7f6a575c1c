package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.Api.recipient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.weekly.api.http.IdempotentRequests;
import io.weekly.api.http.Problem;
import io.weekly.dev.Outbox.Mail;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Test sends and new deliveries, up to the received mails. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class TestSendResourceTest {

    private static final String REPORTS = "/api/v1/reports/";
    private static final String TEST_SEND = "/api/v1/definitions/weekly-business/test-send";

    private String slug;
    private String ann;
    private String boss;

    @BeforeEach
    void aTenant() {
        slug = newTenant();
        ann = newRecipient("ann");
        boss = newRecipient("admin");
    }

    @Test
    void aTestSendOfAReportGoesToTheCaller() {
        var id = send(asAdmin(slug), Map.of("recipient", "ann"))
                .statusCode(202)
                .header("Location", matchesPattern(REPORTS + "[0-9a-f]{32}"))
                .header("Retry-After", "1")
                .body("sample", equalTo(true))
                .body("recipient", equalTo("ann"))
                .body("run", nullValue())
                .body("priority", equalTo("on-demand"))
                .body("delivery.mode", equalTo("attachment"))
                .extract().path("id").toString();

        delivered(id);
        assertThat(TestMail.to(boss)).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).startsWith("[Sample] ");
            assertThat(mail.text()).contains("ann");
            assertThat(mail.attachments()).hasSize(1);
        });
        assertThat(TestMail.to(ann)).isEmpty();
        asAdmin(slug).get(REPORTS + id).then().body("delivery.to", equalTo(boss));
        asAdmin(slug).get(REPORTS + id + "/events").then().body("items[0].action", equalTo("report.sample-requested"));
    }

    @Test
    void theRecipientDoesNotSeeATestSend() {
        var id = send(asAdmin(slug), Map.of("recipient", "ann")).statusCode(202).extract().path("id").toString();
        var viewer = TestTokens.viewer(slug, "ann");

        for (var path : new String[] {"", "/events", "/files/pdf"}) {
            as(viewer).get(REPORTS + id + path).then().statusCode(404);
        }
        as(viewer).post(REPORTS + id + "/cancellation").then().statusCode(404);
        as(viewer).get("/api/v1/reports").then().body("items.size()", equalTo(0));
        asAdmin(slug).get("/api/v1/reports").then().body("items.id", hasItem(id));
    }

    @Test
    void withoutABodyATestSendIsTheCallersOwnReport() {
        var key = UUID.randomUUID().toString();

        var id = asAdmin(slug).header(IdempotentRequests.HEADER, key).post(TEST_SEND).then()
                .statusCode(202).body("recipient", equalTo("admin")).extract().path("id").toString();
        asAdmin(slug).noContentType().header(IdempotentRequests.HEADER, key).post(TEST_SEND).then()
                .statusCode(202).header(IdempotentRequests.REPLAYED, "true").body("id", equalTo(id));

        delivered(id);
        assertThat(TestMail.to(boss)).hasSize(1);
    }

    @Test
    void aCallerWhoIsNoRecipientGetsATestSendAtTheAddressOfTheirToken() {
        var address = "op-%s@platform.test".formatted(slug);
        var operator = TestTokens.withEmail(address, "ann", Optional.empty(), "operator");

        var id = send(as(operator), Map.of("tenant", slug, "recipient", "ann")).statusCode(202).extract().path("id").toString();

        delivered(id);
        assertThat(TestMail.to(address)).hasSize(1);
        assertThat(TestMail.to(ann)).isEmpty();
    }

    @Test
    void anAddressWithAnApostropheAndAnUmlautGetsTheMailInItsStoredForm() throws Exception {
        var local = "o'neil+" + slug;
        var operator = TestTokens.withEmail(local + "@M\u00fcller.EXAMPLE", "ann", Optional.empty(), "operator");

        var id = send(as(operator), Map.of("tenant", slug, "recipient", "ann")).statusCode(202).extract().path("id").toString();

        delivered(id);
        asAdmin(slug).get(REPORTS + id).then().body("delivery.to", equalTo(local + "@xn--mller-kva.example"));
        assertThat(TestMail.messagesTo(local + "@xn--mller-kva.example")).singleElement().satisfies(mail -> {
            assertThat(mail.getHeader("Feedback-ID")).containsExactly("weekly-business:" + slug + ":sample:weekly-reports");
            assertThat(mail.getHeader("Cc")).isNull();
        });
    }

    @Test
    void invalidFieldsOfATestSendAreNamed() {
        var nobody = TestTokens.tenantAdmin(slug, "nobody");
        var nonsense = TestTokens.withEmail("a@b\r\nBcc: c@d.test", "nobody", Optional.of(slug), "tenant-admin");

        named(send(as(nobody), Map.of()), "recipient");
        named(send(as(nobody), Map.of("recipient", "ann")), "email");
        named(send(as(nonsense), Map.of("recipient", "ann")), "email");
        named(send(asAdmin(slug), Map.of("recipient", "no-such")), "recipient");
        named(send(asAdmin(slug), Map.of("period", "2025-W53")), "period");
        named(send(asOperator(), Map.of("recipient", "ann")), "tenant");
        named(send(asOperator(), Map.of("tenant", slug)), "recipient");
        send(asAdmin(slug), Map.of("tenant", newTenant())).statusCode(404);
        send(as(TestTokens.viewer(slug, "ann")), Map.of()).statusCode(403);
        asAdmin(slug).contentType("text/plain").body("ann").post(TEST_SEND).then().statusCode(415).contentType(Problem.MEDIA_TYPE);
        asAdmin(slug).post("/api/v1/definitions/no-such/test-send").then().statusCode(404).contentType(Problem.MEDIA_TYPE);
        asAdmin(slug).get("/api/v1/reports").then().body("items.size()", equalTo(0));
    }

    @Test
    void aSecondDeliveryIsAnotherMail() {
        var id = asAdmin(slug).contentType(ContentType.JSON)
                .body(Map.of("definition", "weekly-business", "recipient", "ann", "deliver", true))
                .post("/api/v1/reports").then().statusCode(202).extract().path("id").toString();
        delivered(id);

        asAdmin(slug).post(REPORTS + id + "/deliveries").then().statusCode(202);

        await().atMost(Duration.ofSeconds(40)).until(() -> TestMail.to(ann).size() == 2);
        delivered(id);
        asAdmin(slug).get(REPORTS + id).then()
                .body("delivery.attempts", equalTo(1))
                .body("delivery.messageId", equalTo(TestMail.to(ann).getFirst().messageId()));
        assertThat(TestMail.to(ann)).extracting(Mail::messageId).doesNotHaveDuplicates();
        assertThat(TestMail.to(ann)).extracting(Mail::subject).containsOnly(TestMail.to(ann).getFirst().subject());
    }

    private static void delivered(String id) {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> asOperator().get(REPORTS + id).path("status").equals("delivered"));
    }

    private static void named(ValidatableResponse answer, String field) {
        answer.statusCode(422).contentType(Problem.MEDIA_TYPE).body("errors.field", hasItem(field));
    }

    private static ValidatableResponse send(RequestSpecification caller, Map<String, Object> body) {
        return caller.contentType(ContentType.JSON).body(body).post(TEST_SEND).then();
    }

    private String newRecipient(String userId) {
        var body = recipient(userId);
        var address = "%s-%s@acme.test".formatted(userId, slug);
        body.put("name", userId);
        body.put("email", address);
        asAdmin(slug).contentType(ContentType.JSON).body(body).post(TENANTS + "/" + slug + "/recipients").then().statusCode(201);
        return address;
    }
}
