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

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.weekly.testing.TestServers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lengths count characters, as the columns do: an emoji is one, though it takes two UTF-16 units and four bytes. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class FieldLengthsTest {

    private static final String EMOJI = "🚀";

    @Test
    void aTextOfEmojiMayBeAsLongAsAnyOther() {
        var slug = newTenant();
        var recipient = recipient(EMOJI.repeat(128));
        recipient.put("name", EMOJI.repeat(200));
        recipient.put("email", "ann@acme.test");
        recipient.put("tags", List.of(EMOJI.repeat(64)));
        var list = TENANTS + "/" + slug + "/recipients";

        asAdmin(slug).contentType(ContentType.JSON).body(recipient).post(list).then().statusCode(201);

        assertThat(asAdmin(slug).get(list).jsonPath().getList("items.name")).containsExactly(EMOJI.repeat(200));
        assertThat(asAdmin(slug).get(list).jsonPath().getList("items.userId")).containsExactly(EMOJI.repeat(128));
    }

    @Test
    void aNameOfATenantAndItsSenderCountTheSame() {
        var slug = newTenant();
        var tenant = tenant(slug, EMOJI.repeat(200));

        asOperator().contentType(ContentType.JSON).body(tenant).put(TENANTS + "/" + slug).then()
                .statusCode(200)
                .body("name", equalTo(EMOJI.repeat(200)))
                .body("sender.name", equalTo(EMOJI.repeat(200)));
        asOperator().contentType(ContentType.JSON).body(tenant(slug, EMOJI.repeat(201))).put(TENANTS + "/" + slug).then()
                .statusCode(422)
                .body("errors.field", hasItem("name"))
                .body("errors.field", hasItem("sender.name"));
    }

    @Test
    void oneCharacterMoreIsRefused() {
        var slug = newTenant();
        var recipient = recipient("u-1");
        recipient.put("name", EMOJI.repeat(201));
        recipient.put("tags", List.of(EMOJI.repeat(65)));

        asAdmin(slug).contentType(ContentType.JSON).body(recipient).post(TENANTS + "/" + slug + "/recipients").then()
                .statusCode(422)
                .body("errors.field", equalTo(List.of("name", "tags[0]")));
    }

    @Test
    void uploadsCountTheSame() {
        var slug = newTenant();
        var list = TENANTS + "/" + slug + "/recipients";
        var line = "{\"userId\":\"%s\",\"name\":\"%s\",\"email\":\"a@acme.test\"}\n";
        var lines = line.formatted("u-1", EMOJI.repeat(200)) + line.formatted("u-2", EMOJI.repeat(201));

        asNdjson(slug).body(lines.getBytes(UTF_8)).put(list).then()
                .statusCode(200)
                .body("created", equalTo(1))
                .body("rejected.line", equalTo(List.of(2)));
        var metric = "{\"metric\":\"%s\",\"day\":\"2026-11-23\",\"value\":1,\"dimension\":\"%s\"}\n";
        asNdjson(slug).body(metric.formatted(EMOJI.repeat(64), EMOJI.repeat(190)).getBytes(UTF_8))
                .post(TENANTS + "/" + slug + "/metrics")
                .then()
                .statusCode(200)
                .body("rejected.size()", equalTo(0));
    }

    private static Map<String, Object> tenant(String slug, String name) {
        return new HashMap<>(Map.of(
                "slug", slug, "name", name, "zone", "Europe/Berlin", "locale", "en", "brand", Map.of("color", "#0b5cad"),
                "sender", Map.of("name", name)));
    }
}
