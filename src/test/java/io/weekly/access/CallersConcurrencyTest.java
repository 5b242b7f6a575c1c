package io.weekly.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests that are handled at the same time keep their own caller, also after their SQL. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class CallersConcurrencyTest {

    private static final int TENANTS = 3;
    private static final int USERS = 12;
    private static final int ROUNDS = 5;

    @Inject
    World world;

    @Inject
    ObjectMapper json;

    @TestHTTPResource("/api/v1/")
    URI api;

    /** @param pausedUntil differs for each user */
    private record User(String tenant, String id, String token, String pausedUntil) {}

    @Test
    void requestsAtTheSameTimeKeepTheirOwnCaller() {
        var users = users();
        try (var client = HttpClient.newHttpClient()) {
            var requests = new ArrayList<CompletableFuture<Void>>();
            for (var round = 0; round < ROUNDS; round++) {
                users.forEach(user -> requests.add(preferences(client, user)));
                users.forEach(user -> requests.add(order(client, user)));
                users.forEach(user -> requests.add(reports(client, user)));
            }
            requests.forEach(CompletableFuture::join);
        }
        for (var user : users) {
            assertThat(world.rows("""
                SELECT DISTINCT a.subject, a.actor, t.slug
                FROM audit_person p
                JOIN audit_event a ON a.actor = CONCAT('user:', LOWER(HEX(p.pseudonym)))
                JOIN tenant t ON t.id = a.tenant_id
                WHERE p.user_id = ? AND a.action = 'preferences.changed'""", user.id()))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.getString("subject")).isEqualTo(row.getString("actor"));
                        assertThat(row.getString("slug")).isEqualTo(user.tenant());
                    });
        }
    }

    private List<User> users() {
        var users = new ArrayList<User>();
        var until = Instant.now().plus(20, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        for (var i = 0; i < TENANTS; i++) {
            var tenant = world.tenant();
            var prefix = UUID.randomUUID().toString().substring(0, 8);
            world.recipients(tenant, USERS, prefix);
            IntStream.range(0, USERS)
                    .mapToObj(n -> "u-" + prefix + "-" + n)
                    .forEach(id -> users.add(new User(
                            tenant.slug(), id, TestTokens.viewer(tenant.slug(), id), until.plusSeconds(users.size()).toString())));
        }
        return users;
    }

    private CompletableFuture<Void> preferences(HttpClient client, User user) {
        var body = "{\"pausedUntil\": \"%s\"}".formatted(user.pausedUntil());
        return send(client, request(user, "me/preferences").PUT(BodyPublishers.ofString(body)))
                .thenCompose(_ -> send(client, request(user, "me/preferences").GET()))
                .thenAccept(answer -> assertThat(answer.path("pausedUntil").asText()).isEqualTo(user.pausedUntil()));
    }

    private CompletableFuture<Void> order(HttpClient client, User user) {
        var body = BodyPublishers.ofString("{\"definition\": \"weekly-business\", \"period\": \"2026-W40\"}");
        return send(client, request(user, "reports").header("Idempotency-Key", UUID.randomUUID().toString()).POST(body))
                .thenAccept(answer -> assertOwn(answer, user));
    }

    private CompletableFuture<Void> reports(HttpClient client, User user) {
        return send(client, request(user, "reports").GET())
                .thenAccept(answer -> answer.path("items").forEach(report -> assertOwn(report, user)));
    }

    private HttpRequest.Builder request(User user, String path) {
        return HttpRequest.newBuilder(api.resolve(path))
                .header("Authorization", "Bearer " + user.token())
                .header("Content-Type", "application/json");
    }

    private CompletableFuture<JsonNode> send(HttpClient client, HttpRequest.Builder request) {
        return client.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(response -> {
            assertThat(response.statusCode()).as(response.body()).isIn(200, 202);
            try {
                return json.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void assertOwn(JsonNode report, User user) {
        assertThat(report.path("tenant").asText()).isEqualTo(user.tenant());
        assertThat(report.path("recipient").asText()).isEqualTo(user.id());
    }
}
