package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asNdjson;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.Api.recipient;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.weekly.testing.TestServers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same rule wherever an address comes in. The rule itself: {@code EmailAddressTest}. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class MailAddressesTest {

    private static final String GIVEN = "O'Neil+x@Müller.EXAMPLE";
    private static final String STORED = "O'Neil+x@xn--mller-kva.example";

    @ParameterizedTest
    @ValueSource(strings = {
        "bea@127.0.0.1", "bea@1.2", "bea@xn--a.test", "béa@acme.test", "bea@localhost", "\"bea\"@acme.test",
        "bea@acme.test\r\nBcc: x@y.test", "bea@acme.test {validatedValue} ${1+1}", "bea＠acme.test", ""
    })
    void anInvalidAddressIsRefusedEverywhereWithItsReason(String address) {
        var slug = newTenant();
        var recipient = recipient("u-1");
        recipient.put("email", address);

        refused(slug, "recipients/u-1", recipient, "email");
        refused(slug, "schedules/00000000000000000000000000000000", schedule(address), "owner");
        var tenant = tenant(slug, address);
        asOperator().contentType(ContentType.JSON).body(tenant).put(TENANTS + "/" + slug).then()
                .statusCode(422)
                .body("errors.field", hasItem("sender.replyTo"))
                .body("errors.message", hasItem(startsWith("must be an e-mail address: ")));
        var upload = "{\"userId\":\"u-1\",\"name\":\"Ann\",\"email\":\"%s\"}".formatted(
                address.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r", "\\r").replace("\n", "\\n"));
        asNdjson(slug).body(upload.getBytes(UTF_8)).put(TENANTS + "/" + slug + "/recipients").then()
                .statusCode(200)
                .body("rejected[0].error", startsWith("email must be an e-mail address: "));
    }

    private static void refused(String slug, String path, Map<String, Object> body, String field) {
        asAdmin(slug).contentType(ContentType.JSON).body(body).put(TENANTS + "/" + slug + "/" + path).then()
                .statusCode(422)
                .body("errors.field", hasItem(field))
                .body("errors.message", hasItem(startsWith("must be an e-mail address: ")));
    }

    @Test
    void theAnswerHasTheFormThatIsStoredAndSent() {
        var slug = newTenant();
        var recipient = recipient("u-1");
        recipient.put("email", GIVEN);
        var path = TENANTS + "/" + slug + "/recipients/u-1";

        asAdmin(slug).contentType(ContentType.JSON).body(recipient).put(path).then().statusCode(201).body("email", equalTo(STORED));
        asAdmin(slug).get(path).then().statusCode(200).body("email", equalTo(STORED));

        asAdmin(slug).contentType(ContentType.JSON).body(schedule(GIVEN)).post(TENANTS + "/" + slug + "/schedules").then()
                .statusCode(201)
                .body("owner", equalTo(STORED));
        asOperator().contentType(ContentType.JSON).body(tenant(slug, GIVEN)).put(TENANTS + "/" + slug).then()
                .statusCode(200)
                .body("sender.replyTo", equalTo(STORED));
        asOperator().get(TENANTS + "/" + slug).then().body("sender.replyTo", equalTo(STORED));
    }

    @Test
    void anUploadStoresTheSameForm() {
        var slug = newTenant();
        var list = TENANTS + "/" + slug + "/recipients";

        var line = "{\"userId\":\"u-1\",\"name\":\"Ann\",\"email\":\"" + GIVEN + "\"}\n";
        asNdjson(slug).body(line.getBytes(UTF_8)).put(list).then()
                .statusCode(200)
                .body("created", equalTo(1));

        assertThat(asAdmin(slug).get(list + "/u-1").jsonPath().getString("email")).isEqualTo(STORED);
    }

    private static Map<String, Object> schedule(String owner) {
        return new HashMap<>(Map.of("definition", "weekly-business", "weekday", "monday", "time", "06:30", "owner", owner));
    }

    private static Map<String, Object> tenant(String slug, String replyTo) {
        return new HashMap<>(Map.of(
                "slug", slug, "name", "Acme", "zone", "Europe/Berlin", "locale", "en", "brand", Map.of("color", "#0b5cad"),
                "sender", Map.of("name", "Acme", "replyTo", replyTo)));
    }
}
