package io.weekly.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.ApiDocument;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every operation that changes something, or hands out a file, writes an audit event. A new operation needs a line here. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class AuditedOperationsTest {

    private static final String EVENTS = """
        DELETE /api/v1/reports/{id}/links/{linkId} link.revoked
        DELETE /api/v1/tenants/{slug} tenant.ended
        DELETE /api/v1/tenants/{slug}/logo tenant.logo-removed
        DELETE /api/v1/tenants/{slug}/recipients/{userId} recipient.ended
        DELETE /api/v1/tenants/{slug}/schedules/{id} schedule.ended
        DELETE /api/v1/tenants/{slug}/suppressions/{id} suppression.lifted
        DELETE /api/v1/tenants/{slug}/webhooks/{id} webhook.deleted
        GET /api/v1/reports/{id}/files/{format} file.downloaded
        GET /d/{token} link.opened
        POST /api/v1/definitions/{name}/test-send report.sample-requested
        POST /api/v1/inbound/dsn report.complained
        POST /api/v1/inbound/generic report.complained
        POST /api/v1/inbound/ses report.complained
        POST /api/v1/keys/rotation keys.rotation-requested
        POST /api/v1/reports report.requested
        POST /api/v1/reports/{id}/cancellation report.cancelled
        POST /api/v1/reports/{id}/deliveries report.delivery-requested
        POST /api/v1/reports/{id}/links link.created
        POST /api/v1/reports/{id}/retry report.retried
        POST /api/v1/runs run.started
        POST /api/v1/runs/{id}/approval run.approved
        POST /api/v1/runs/{id}/cancellation run.cancelled
        POST /api/v1/runs/{id}/retry run.retried
        POST /api/v1/tenants tenant.created
        POST /api/v1/tenants/{slug}/metrics metrics.upserted
        POST /api/v1/tenants/{slug}/recipients recipient.created
        POST /api/v1/tenants/{slug}/recipients/{userId}/erasure recipient.erasure-requested
        POST /api/v1/tenants/{slug}/schedule-transfers schedule.transferred
        POST /api/v1/tenants/{slug}/schedules schedule.created
        POST /api/v1/tenants/{slug}/suppressions suppression.added
        POST /api/v1/tenants/{slug}/webhooks webhook.created
        POST /api/v1/tenants/{slug}/webhooks/{id}/messages/{messageId}/retry webhook.message-retried
        POST /api/v1/tenants/{slug}/webhooks/{id}/secret webhook.secret-rotated
        POST /api/v1/tenants/{slug}/webhooks/{id}/test webhook.tested
        POST /unsubscribe/{token} preferences.changed
        PUT /api/v1/me/preferences preferences.changed
        PUT /api/v1/queue/{lane} lane.paused
        PUT /api/v1/tenants/{slug} tenant.updated
        PUT /api/v1/tenants/{slug}/logo tenant.logo-set
        PUT /api/v1/tenants/{slug}/recipients recipients.upserted
        PUT /api/v1/tenants/{slug}/recipients/{userId} recipient.updated
        PUT /api/v1/tenants/{slug}/schedules/{id} schedule.updated
        PUT /api/v1/tenants/{slug}/webhooks/{id} webhook.changed
        """;

    @Test
    void everyOperationThatChangesSomethingHasAnEvent() {
        var changing = ApiDocument.get().operations().stream()
                .map(Object::toString)
                .filter(operation -> !operation.startsWith("GET ") && !operation.startsWith("HEAD ") || events().containsKey(operation))
                .sorted()
                .toList();

        assertThat(changing).containsExactlyElementsOf(events().keySet());
    }

    @Test
    void everyEventIsWrittenSomewhereAndDescribedInTheDocs() throws IOException {
        var docs = Files.readString(Path.of("docs/audit.md"));
        try (var files = Files.walk(Path.of("src/main/java/io/weekly"))) {
            var sources = new StringBuilder();
            for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.append(Files.readString(file));
            }

            assertThat(events().values()).allSatisfy(action -> {
                assertThat(sources).as(action).contains('"' + action + '"');
                assertThat(docs).as(action).contains('`' + action + '`');
            });
        }
    }

    private static Map<String, String> events() {
        return EVENTS.lines().collect(Collectors.toMap(
                line -> line.substring(0, line.lastIndexOf(' ')), line -> line.substring(line.lastIndexOf(' ') + 1), (a, b) -> a,
                TreeMap::new));
    }
}
