package io.weekly.api.http;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asAdminWithoutDescription;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.Api.recipient;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.testing.Concurrently;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class RequestOriginsTest {

    private static final String HEADER = "X-Request-Id";
    private static final String CLIENT = "X-Forwarded-For";
    private static final int REQUESTS = 40;

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    AuditLog audit;

    private String slug;

    @BeforeEach
    void aTenant() {
        slug = newTenant();
    }

    @Test
    void anEventHasTheAddressOfTheClientAndTheIdOfItsRequest() {
        put("u-1", "order-4711", "192.0.2.7").header(HEADER, equalTo("order-4711"));

        asAdmin(slug).get("/api/v1/audit").then()
                .body("items[0].client", equalTo("192.0.2.7"), "items[0].requestId", equalTo("order-4711"));
        assertThat(world.one("SELECT client FROM audit_event WHERE request_id = 'order-4711' ORDER BY id DESC").getString("client"))
                .doesNotContain("192");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil<script>", "unknown", "example.com", "203.0.113.7.8", "0123456789012345678901234567890123456789"})
    void whatIsNoAddressIsReplacedByTheAddressOfTheConnection(String named) {
        put("u-1", "order-4712", named);

        asAdmin(slug).get("/api/v1/audit").then().body("items[0].client", equalTo("127.0.0.1"));
    }

    @Test
    void errorsHaveAnIdTooAndEachRequestHasItsOwn() {
        var first = asAdmin(slug).get("/api/v1/nothing").then().statusCode(404).header(HEADER, matchesPattern("[0-9a-f-]{36}"));
        var second = asAdmin("no-such").get("/api/v1/audit").then().statusCode(404).header(HEADER, matchesPattern("[0-9a-f-]{36}"));

        assertThat(first.extract().header(HEADER)).isNotEqualTo(second.extract().header(HEADER));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "ann@acme.test", "a b", "<script>", "\u00e4", "0123456789012345678901234567890123456789012345678901234567890123x"
    })
    void anUnsafeIdIsReplaced(String unsafe) {
        put("u-1", unsafe, "192.0.2.7").header(HEADER, matchesPattern("[0-9a-f-]{36}"));
    }

    @Test
    void requestsAtTheSameTimeKeepTheirOwnOrigin() throws Exception {
        var calls = new ArrayList<Callable<Void>>();
        for (var i = 0; i < REQUESTS; i++) {
            var name = slug + "-" + i;
            var address = "192.0.2." + (i + 1);
            calls.add(() -> {
                put(name, name, address);
                return null;
            });
        }
        Concurrently.all(calls);

        var events = asAdmin(slug).get("/api/v1/audit?action=recipient.created&limit=200").then().extract().jsonPath();
        assertThat(events.<String>getList("items.requestId")).hasSize(REQUESTS).isEqualTo(events.<String>getList("items.subject"));
        for (var i = 0; i < REQUESTS; i++) {
            var name = events.getString("items[%d].subject".formatted(i));
            var number = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
            assertThat(events.getString("items[%d].client".formatted(i))).isEqualTo("192.0.2." + (number + 1));
        }
    }

    @Test
    void backgroundWorkHasNoOrigin() {
        put("u-1", "before", "192.0.2.7");
        var tenantId = world.one("SELECT id FROM tenant WHERE slug = ?", slug).getInteger(0);
        for (var actor : List.of(AuditEvent.SERVICE, "link:1")) {
            var event = new AuditEvent(tenantId, Instant.now(), actor, "thing.done", "background", Map.of());
            get(database.transaction(transaction -> audit.append(transaction, event)));
        }

        asAdmin(slug).get("/api/v1/audit?action=thing.done").then()
                .body("items.client", everyItem(nullValue()), "items.requestId", everyItem(nullValue()));
    }

    @Test
    void aViewerSeesWhereItsOwnActionsCameFromAndNoOthers() {
        newRecipient(slug, "u-1");
        String report = asViewer(slug, "u-1").contentType(ContentType.JSON).body(Map.of("definition", "weekly-business"))
                .header(HEADER, "mine").post("/api/v1/reports").then().statusCode(202).extract().path("id");
        asAdmin(slug).header(HEADER, "of-admin").post("/api/v1/reports/" + report + "/cancellation").then().statusCode(202);

        var events = "/api/v1/reports/" + report + "/events";
        asViewer(slug, "u-1").get(events).then().body("items[0].requestId", equalTo("mine"), "items[0].client", equalTo("127.0.0.1"),
                "items[1].action", equalTo("report.cancelled"), "items[1].requestId", nullValue(), "items[1].client", nullValue());
        asAdmin(slug).get(events).then().body("items.requestId", equalTo(List.of("mine", "of-admin")));
    }

    private ValidatableResponse put(String userId, String requestId, String client) {
        // The check of the description would cost more than the request.
        return asAdminWithoutDescription(slug).contentType(ContentType.JSON).header(HEADER, requestId).header(CLIENT, client)
                .body(recipient(userId))
                .put(TENANTS + "/" + slug + "/recipients/" + userId).then();
    }
}
