package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asAdminWithoutDescription;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class WebhookResourceTest {

    private static final String URL = "http://127.0.0.1:9/hook";
    private static final String OWN_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ABSENT = "0".repeat(32);

    @Inject World world;

    private String slug;
    private String webhooks;

    @BeforeEach
    void aTenant() {
        slug = newTenant();
        webhooks = TENANTS + "/" + slug + "/webhooks";
    }

    @Test
    void anEndpointHasTheDefaultEventsAndASecretThatIsShownOnce() {
        var created = create(Map.of("url", URL)).statusCode(201)
                .body("events", contains("run.finished", "run.held", "run.deadline-missed", "report.failed", "report.bounced"))
                .body("enabled", equalTo(true)).body("state", equalTo("active"))
                .body("secret", matchesPattern("whsec_[A-Za-z0-9+/]{43}=")).extract();

        String id = created.path("id");
        assertThat(created.header("Location")).endsWith(webhooks + "/" + id);
        asAdmin(slug).get(webhooks + "/" + id).then().statusCode(200).body("secret", nullValue()).body("url", equalTo(URL));
        asAdmin(slug).get(webhooks).then().statusCode(200).body("items.id", contains(id)).body("items[0].secret", nullValue());
        assertThat(world.events(id)).containsExactly("webhook.created");
        asViewer(slug, "u-1").get(webhooks).then().statusCode(403);
    }

    @Test
    void onlyTheFirstAnswerHasTheSecretAndTheDatabaseHasItEncrypted() {
        var key = UUID.randomUUID().toString();
        String secret = createWithKey(key, Map.of("url", URL)).statusCode(201).extract().path("secret");
        createWithKey(key, Map.of("url", URL)).statusCode(201).header("Idempotency-Replayed", "true").body("secret", nullValue());
        create(Map.of("url", URL, "secret", OWN_SECRET)).statusCode(201).body("secret", nullValue());

        for (var hidden : List.of(secret, OWN_SECRET)) {
            var text = "%" + hidden.substring(6, 30) + "%";
            assertThat(world.count("SELECT COUNT(*) FROM webhook WHERE secret LIKE ?", text)).isZero();
            assertThat(world.count("SELECT COUNT(*) FROM idempotency_key WHERE body LIKE ?", text)).isZero();
            assertThat(world.count("SELECT COUNT(*) FROM audit_event WHERE detail LIKE ?", text)).isZero();
        }
        asAdmin(slug).get(webhooks).then().body("items", hasSize(2));
    }

    @Test
    void theSameKeyWithAnotherSecretIsAnotherRequest() {
        var key = UUID.randomUUID().toString();
        createWithKey(key, Map.of("url", URL, "secret", OWN_SECRET)).statusCode(201);

        createWithKey(key, Map.of("url", URL, "secret", "whsec_" + "A".repeat(32))).statusCode(422)
                .body("errors[0].field", equalTo("Idempotency-Key"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ftp://hooks.example.com/           | must begin with
        http://10.0.0.1/                   | must have a public address
        http://127.0.0.2/                  | must have a public address
        https://[::1]/                     | must have a public address
        https://[64:ff9b::a00:1]/          | must have a public address
        https://169.254.169.254/latest     | must have a public address
        https://2130706433/                | must have the name of a host
        https://user@hooks.example.com/    | must not contain a user
        https://hooks.example.com/#a       | must not have a fragment""")
    void anAddressThatIsNotAllowedIsRefusedWithTheReason(String url, String reason) {
        create(Map.of("url", url)).statusCode(422).body("errors[0].field", equalTo("url"))
                .body("errors[0].message", containsString(reason));
        asAdmin(slug).get(webhooks).then().body("items", hasSize(0));
    }

    @Test
    void anUnknownEventIsRefusedWithTheNearestKnownOne() {
        refusedBody("{\"url\": \"%s\", \"events\": [\"run.finished\", \"report.fialed\"]}".formatted(URL))
                .body("errors[0].field", equalTo("events[1]"))
                .body("errors[0].message", containsString("did you mean report.failed?"));
        refusedBody("{\"url\": \"%s\", \"events\": [\"webhook.test\"]}".formatted(URL));
        refusedBody("{\"url\": \"%s\", \"events\": []}".formatted(URL)).body("errors[0].field", equalTo("events"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "whsec_", "whsec_AAAA", "whsec_****************************************"})
    void aSecretOfTheWrongFormIsRefusedAndNotRepeated(String secret) {
        refusedBody("{\"url\": \"%s\", \"secret\": \"%s\"}".formatted(URL, secret)).body("errors[0].field", equalTo("secret"));
    }

    private ValidatableResponse refusedBody(String body) {
        return asAdminWithoutDescription(slug).contentType(ContentType.JSON).body(body).post(webhooks).then().statusCode(422);
    }

    @Test
    void anAnswerCanBeSentBackAndAChangeIsRecorded() {
        String id = create(Map.of("url", URL)).extract().path("id");
        var read = asAdmin(slug).get(webhooks + "/" + id).asString();

        asAdmin(slug).contentType(ContentType.JSON).body(read).put(webhooks + "/" + id).then().statusCode(200);
        put(id, Map.of("url", URL + "2", "events", List.of("report.delivered"), "enabled", false)).statusCode(200)
                .body("url", equalTo(URL + "2")).body("events", contains("report.delivered"))
                .body("state", equalTo("disabled")).body("secret", nullValue());
        put(id, Map.of("url", URL, "secret", OWN_SECRET)).statusCode(422).body("errors[0].field", equalTo("secret"));
        put(id, Map.of("url", "https://10.0.0.1/")).statusCode(422);
        put(ABSENT, Map.of("url", URL)).statusCode(404);

        assertThat(world.events(id)).containsExactly("webhook.created", "webhook.changed", "webhook.changed");
        assertThat(world.rows("SELECT detail FROM audit_event WHERE subject = ? ORDER BY id", id).getLast().getString("detail"))
                .contains("\"changed\":[\"url\",\"events\",\"enabled\"]").doesNotContain("127.0.0.1");
    }

    @Test
    void aRotationGivesANewSecretAndKeepsTheOldOneForADay() {
        var created = create(Map.of("url", URL)).extract();
        String id = created.path("id");

        String next = rotate(id, Map.of()).statusCode(200).body("previousSecretUntil", notNullValue())
                .body("secret", not(equalTo(created.<String>path("secret")))).extract().path("secret");
        assertThat(next).startsWith("whsec_");
        rotate(id, Map.of("secret", OWN_SECRET)).statusCode(200).body("secret", nullValue());
        rotate(ABSENT, Map.of()).statusCode(404);

        assertThat(world.events(id)).containsExactly("webhook.created", "webhook.secret-rotated", "webhook.secret-rotated");
        assertThat(world.count("SELECT COUNT(*) FROM webhook WHERE id = UNHEX(?) AND previous_until > NOW(6) + INTERVAL 23 HOUR", id))
                .isEqualTo(1);
    }

    @Test
    void aRepeatedRotationDoesNotRotateAgain() {
        String id = create(Map.of("url", URL)).extract().path("id");
        var key = UUID.randomUUID().toString();

        rotateWithKey(key, id, Map.of()).statusCode(200).body("secret", matchesPattern("whsec_[A-Za-z0-9+/]{43}="));
        rotateWithKey(key, id, Map.of()).statusCode(200).header("Idempotency-Replayed", "true").body("secret", nullValue())
                .body("previousSecretUntil", notNullValue());
        rotateWithKey(key, id, Map.of("secret", OWN_SECRET)).statusCode(422).body("errors[0].field", equalTo("Idempotency-Key"));

        assertThat(world.events(id)).containsExactly("webhook.created", "webhook.secret-rotated");
    }

    private ValidatableResponse rotateWithKey(String key, String id, Map<String, Object> body) {
        return asAdmin(slug).header("Idempotency-Key", key).contentType(ContentType.JSON).body(body)
                .post(webhooks + "/" + id + "/secret").then();
    }

    private ValidatableResponse rotate(String id, Map<String, Object> body) {
        return asAdmin(slug).contentType(ContentType.JSON).body(body).post(webhooks + "/" + id + "/secret").then();
    }

    @Test
    void aTenantHasAtMostTenEndpoints() {
        for (var i = 0; i < 10; i++) {
            create(Map.of("url", URL)).statusCode(201);
        }

        create(Map.of("url", URL)).statusCode(409).body("detail", containsString("10 webhooks"));
    }

    @Test
    void aDeletedEndpointIsGone() {
        String id = create(Map.of("url", URL)).extract().path("id");

        asAdmin(slug).delete(webhooks + "/" + id).then().statusCode(204);
        asAdmin(slug).delete(webhooks + "/" + id).then().statusCode(404);
        asAdmin(slug).get(webhooks + "/" + id).then().statusCode(404);
        assertThat(world.events(id)).containsExactly("webhook.created", "webhook.deleted");
    }

    @Test
    void theEndOfTheTenantDeletesItsEndpoints() {
        String id = create(Map.of("url", URL)).extract().path("id");

        asOperator().delete(TENANTS + "/" + slug).then().statusCode(204);

        assertThat(world.count("SELECT COUNT(*) FROM webhook WHERE id = UNHEX(?)", id)).isZero();
    }

    private ValidatableResponse create(Map<String, Object> body) {
        return asAdmin(slug).contentType(ContentType.JSON).body(body).post(webhooks).then();
    }

    private ValidatableResponse createWithKey(String key, Map<String, Object> body) {
        return asAdmin(slug).header("Idempotency-Key", key).contentType(ContentType.JSON).body(body).post(webhooks).then();
    }

    private ValidatableResponse put(String id, Map<String, Object> body) {
        return asAdmin(slug).contentType(ContentType.JSON).body(body).put(webhooks + "/" + id).then();
    }
}
