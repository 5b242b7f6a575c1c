package io.weekly.api.http;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newSlug;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.Api.recipient;
import static io.weekly.testing.Api.schedule;
import static io.weekly.testing.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class IdempotentRequestsTest {

    private static final String REPORTS = "/api/v1/reports";
    private static final Map<String, Object> ORDER = Map.of("definition", "weekly-business", "recipient", "u-1");

    @Inject
    World world;

    @Inject
    Database database;

    @Test
    void aRepeatedRequestCreatesOneThingAndGetsTheSameResponse() {
        var slug = newTenantWith("u-1");

        isMadeOnce(TENANTS, tenant(newSlug()), 201);
        isMadeOnce(TENANTS + "/" + slug + "/recipients", recipient("u-2"), 201);
        isMadeOnce(TENANTS + "/" + slug + "/schedules", schedule(), 201);
        isMadeOnce(REPORTS, with(ORDER, "tenant", slug), 202);
        isMadeOnce("/api/v1/runs", Map.of(
                "definition", "weekly-business", "period", "2026-W40", "tenants", List.of(slug), "revision", "new"), 202);
    }

    private static void isMadeOnce(String path, Map<String, Object> body, int status) {
        var key = newKey();

        var first = post(asOperator(), path, key, body).statusCode(status).header(IdempotentRequests.REPLAYED, nullValue()).extract();
        var again = post(asOperator(), path, key, body).statusCode(status).header(IdempotentRequests.REPLAYED, equalTo("true")).extract();

        assertThat(again.asString()).isEqualTo(first.asString());
        for (var header : List.of("Location", "Retry-After", "Content-Type")) {
            assertThat(again.header(header)).isEqualTo(first.header(header));
        }
    }

    @Test
    void aRepeatedRequestCreatesNothing() {
        var slug = newTenantWith("u-1");
        var key = newKey();

        post(asAdmin(slug), REPORTS, key, ORDER).statusCode(202);
        post(asAdmin(slug), REPORTS, key, ORDER).statusCode(202);
        assertThat(reports(slug)).isEqualTo(1);

        post(asAdmin(slug), REPORTS, newKey(), ORDER).statusCode(202);
        assertThat(reports(slug)).isEqualTo(2);
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        var slug = newTenantWith("u-1");
        var key = newKey();
        post(asAdmin(slug), REPORTS, key, ORDER).statusCode(202);

        post(asAdmin(slug), REPORTS, key, with(ORDER, "period", "2026-W01"))
                .statusCode(422).contentType(Problem.MEDIA_TYPE).body("errors.field", equalTo(List.of("Idempotency-Key")));
    }

    @Test
    void aKeyBelongsToItsTenantItsCallerAndItsRoute() {
        var slug = newTenantWith("u-1");
        var other = newTenantWith("u-1");
        var key = newKey();

        var ids = List.of(
                post(asAdmin(slug), REPORTS, key, ORDER).extract().path("id").toString(),
                post(asAdmin(other), REPORTS, key, ORDER).extract().path("id").toString(),
                post(as(TestTokens.viewer(slug, "u-1")), REPORTS, key, ORDER).extract().path("id").toString());
        assertThat(ids).doesNotHaveDuplicates();
        post(asAdmin(slug), TENANTS + "/" + slug + "/recipients", key, recipient("u-2")).statusCode(201);
    }

    @Test
    void aRefusedRequestMayBeRepeatedWithTheSameKey() {
        var slug = newTenantWith("u-1");
        var key = newKey();

        post(asAdmin(slug), REPORTS, key, with(ORDER, "recipient", "u-2")).statusCode(422);
        newRecipient(slug, "u-2");
        post(asAdmin(slug), REPORTS, key, with(ORDER, "recipient", "u-2")).statusCode(202).header(IdempotentRequests.REPLAYED, nullValue());
    }

    @Test
    void aConcurrentRequestWithTheSameKeyIsRefused() throws Exception {
        var slug = newTenantWith("u-1");
        var run = Map.<String, Object>of("definition", "weekly-business", "period", "2026-W40");
        var tenantId = world.one("SELECT id FROM tenant WHERE slug = ?", slug).getInteger("id");
        var key = newKey();

        try (var pool = Executors.newSingleThreadExecutor()) {
            var gate = new CompletableFuture<Void>();
            // The start of a run needs the row of its tenant. So the first request waits in the middle of its transaction.
            var holder = database.transaction(transaction -> transaction
                            .preparedQuery("SELECT id FROM tenant WHERE id = ? FOR UPDATE")
                            .execute(Tuple.of(tenantId))
                            .flatMap(held -> Uni.createFrom().completionStage(gate)))
                    .subscribeAsCompletionStage();
            Callable<Response> call = () -> request(asAdmin(slug), key, run).post("/api/v1/runs");
            var first = pool.submit(call);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                var second = call.call();
                return second.statusCode() == 409 && "1".equals(second.header("Retry-After"));
            });

            gate.complete(null);
            holder.get();
            var id = first.get().then().statusCode(202).extract().path("items[0].id").toString();
            call.call().then().statusCode(202).header(IdempotentRequests.REPLAYED, equalTo("true")).body("items[0].id", equalTo(id));
        }
    }

    @Test
    void ofManyConcurrentRequestsOneCreatesSomething() throws Exception {
        var slug = newTenantWith("u-1");
        var key = newKey();

        try (var pool = Executors.newFixedThreadPool(8)) {
            var answers = pool.invokeAll(Collections.nCopies(
                    24, () -> request(asAdmin(slug), key, ORDER).post(REPORTS).statusCode()));
            for (var answer : answers) {
                assertThat(answer.get()).isIn(202, 409);
            }
        }
        assertThat(reports(slug)).isEqualTo(1);
    }

    @Test
    void aKeyExpiresAfterADay() {
        var slug = newTenantWith("u-1");
        var key = newKey();
        post(asAdmin(slug), REPORTS, key, ORDER).statusCode(202);

        world.sql("UPDATE idempotency_key SET created_at = NOW(6) - INTERVAL 25 HOUR");

        post(asAdmin(slug), REPORTS, key, with(ORDER, "period", "2026-W01"))
                .statusCode(202).header(IdempotentRequests.REPLAYED, nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "schlüssel"})
    void aMalformedKeyIsABadRequest(String key) {
        var slug = newTenantWith("u-1");

        post(asAdmin(slug), REPORTS, key, ORDER).statusCode(400).contentType(Problem.MEDIA_TYPE);
        post(asAdmin(slug), REPORTS, "k".repeat(256), ORDER).statusCode(400);
        post(asAdmin(slug), REPORTS, "k".repeat(255), ORDER).statusCode(202);
    }

    private static ValidatableResponse post(RequestSpecification caller, String path, String key, Object body) {
        return request(caller, key, body).post(path).then();
    }

    private static RequestSpecification request(RequestSpecification caller, String key, Object body) {
        return caller.contentType(ContentType.JSON).header(IdempotentRequests.HEADER, key).body(body);
    }

    private int reports(String slug) {
        return world.count("SELECT COUNT(*) FROM report r JOIN tenant t ON t.id = r.tenant_id WHERE t.slug = ?", slug);
    }

    private static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        var other = new HashMap<>(body);
        other.put(field, value);
        return other;
    }

    private static String newTenantWith(String user) {
        var slug = newTenant();
        newRecipient(slug, user);
        return slug;
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }
}
