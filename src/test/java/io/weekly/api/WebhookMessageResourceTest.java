package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asAdminWithoutDescription;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class WebhookMessageResourceTest {

    private static final String URL = "http://127.0.0.1:9/hook";
    private static final String ABSENT = "0".repeat(32);

    @Inject World world;

    private String slug;
    private String webhooks;
    private String id;

    @BeforeEach
    void anEndpoint() {
        slug = newTenant();
        webhooks = TENANTS + "/" + slug + "/webhooks";
        id = asAdmin(slug).contentType(ContentType.JSON).body(Map.of("url", URL)).post(webhooks).then().statusCode(201)
                .extract().path("id");
    }

    @Test
    void aTestIsAMessageThatCanBeFollowed() {

        var ordered = asAdmin(slug).post(webhooks + "/" + id + "/test").then().statusCode(202)
                .body("type", equalTo("webhook.test")).body("state", equalTo("pending")).body("done", equalTo(false)).extract();

        String message = ordered.path("id");
        assertThat(ordered.header("Location")).endsWith(webhooks + "/" + id + "/messages/" + message);
        var polled = asAdmin(slug).get(ordered.header("Location")).then().statusCode(200).body("attempts", equalTo(0)).extract();
        asAdmin(slug).header("If-None-Match", polled.header("ETag")).get(ordered.header("Location")).then().statusCode(304);
        asAdmin(slug).post(webhooks + "/" + id + "/messages/" + message + "/retry").then().statusCode(202);
        asAdmin(slug).post(webhooks + "/" + id + "/messages/" + ABSENT + "/retry").then().statusCode(404);
        asAdmin(slug).post(webhooks + "/" + ABSENT + "/test").then().statusCode(404);
        assertThat(world.events(id)).containsExactly("webhook.created", "webhook.tested", "webhook.message-retried");

        asAdmin(slug).contentType(ContentType.JSON).body(Map.of("url", URL, "enabled", false)).put(webhooks + "/" + id)
                .then().statusCode(200);
        asAdmin(slug).post(webhooks + "/" + id + "/test").then().statusCode(409).body("detail", containsString("disabled"));
    }

    @Test
    void messagesAreListedByStateNewestFirst() {
        for (var i = 0; i < 3; i++) {
            asAdmin(slug).post(webhooks + "/" + id + "/test").then().statusCode(202);
        }
        var list = webhooks + "/" + id + "/messages";
        List<String> all = asAdmin(slug).get(list).then().statusCode(200).body("next", nullValue()).extract().path("items.id");
        assertThat(all).hasSize(3).isSortedAccordingTo(Comparator.reverseOrder());
        world.sql("UPDATE webhook_message SET state = 'sent', ended_at = NOW(6) WHERE id = UNHEX(?)", all.get(1));

        var first = asAdmin(slug).get(list + "?state=pending&limit=1").then().statusCode(200)
                .body("items.id", contains(all.get(0))).extract();
        asAdmin(slug).get(list + "?state=pending&limit=1&cursor=" + first.path("next")).then().statusCode(200)
                .body("items.id", contains(all.get(2))).body("next", nullValue());
        asAdmin(slug).get(list + "?state=sent").then().body("items.id", contains(all.get(1)));
        asAdminWithoutDescription(slug).get(list + "?state=lost").then().statusCode(400);
        asAdmin(slug).get(webhooks + "/" + ABSENT + "/messages").then().statusCode(404);
    }
}
