package io.weekly.webhook;

import static io.weekly.testing.World.get;
import static io.weekly.webhook.WebhookWorld.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.PersonalText;
import io.weekly.database.Database;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class EventOutboxTest {

    private static final String NOWHERE = "http://127.0.0.1:9/";

    @Inject World world;
    @Inject WebhookWorld hooks;
    @Inject Database database;
    @Inject AuditLog audit;
    @Inject ObjectMapper json;

    private TenantRow tenant;
    private String report;

    @BeforeEach
    void aReport() {
        tenant = world.tenant();
        report = world.reportWithoutJob(tenant);
    }

    @Test
    void anEventIsAMessageForEachEndpointThatWantsIt() {
        var both = hooks.endpoint(tenant, NOWHERE, WebhookEvent.REPORT_FAILED, WebhookEvent.REPORT_DELIVERED);
        var other = hooks.endpoint(tenant, NOWHERE, WebhookEvent.RUN_FINISHED);
        var foreign = hooks.endpoint(world.tenant(), NOWHERE, WebhookEvent.REPORT_FAILED);

        hooks.happen(List.of(WebhookWorld.failed(tenant, report), event(tenant, "report.warned", report, Map.of())));

        assertThat(payloads(both)).hasSize(1);
        assertThat(payloads(other)).isEmpty();
        assertThat(payloads(foreign)).isEmpty();
    }

    /** The reply quotes an address, which must not leave the service. */
    @Test
    void aPayloadNamesTheReportAndNothingOfThePersonButTheUserId() {
        var webhook = hooks.endpoint(tenant, NOWHERE, WebhookEvent.REPORT_BOUNCED);
        var reply = PersonalText.ofAddress("ann@mail.test", "550 5.1.1 <ann@mail.test>: no such user");

        hooks.happen(List.of(event(tenant, "report.bounced", report, Map.of("attempt", 1, "reason", reply))));

        var payload = payloads(webhook).getFirst();
        var user = world.one("SELECT user_id FROM recipient WHERE tenant_id = ?", tenant.id()).getString("user_id");
        assertThat(payload).isEqualTo(tree("""
            {"type": "report.bounced", "timestamp": "2026-11-23T11:30:00Z",
             "data": {"id": "%s", "tenant": "%s", "run": null, "recipient": "%s", "definition": "weekly-business", "period": "2026-W40",
                      "revision": 1, "sample": false, "status": "bounced", "error": "550 5.1.1"}}
            """.formatted(report, tenant.slug(), user)));
    }

    @Test
    void anErrorThatIsNoReplyIsNotInThePayload() {
        var webhook = hooks.endpoint(tenant, NOWHERE, WebhookEvent.REPORT_FAILED);

        hooks.happen(List.of(WebhookWorld.failed(tenant, report)));

        assertThat(payloads(webhook).getFirst().at("/data/error").isNull()).isTrue();
    }

    @Test
    void aPayloadOfARunHasItsCounts() {
        var webhook = hooks.endpoint(tenant, NOWHERE, WebhookEvent.RUN_FINISHED, WebhookEvent.RUN_DEADLINE_MISSED);
        var run = "0190" + report.substring(4);
        world.sql("""
            INSERT INTO run (tenant_id, id, definition, period, revision, schedule_id, triggered_by, actor, state, formats, delivery,
                             window_minutes, due, started_at)
            SELECT tenant_id, UNHEX(?), definition, period, 7, UNHEX(?), 'manual', 'test', 'finished', formats, delivery, 0, 12, NOW(6)
            FROM report WHERE id = UNHEX(?)""", run, run, report);
        world.sql("INSERT INTO run_count (run_id, status, tenant_id, n) VALUES (UNHEX(?), 'delivered', ?, 9)", run, tenant.id());
        world.sql("INSERT INTO run_delta (run_id, status, tenant_id, delta) VALUES (UNHEX(?), 'delivered', ?, 1)", run, tenant.id());
        world.sql("INSERT INTO run_delta (run_id, status, tenant_id, delta) VALUES (UNHEX(?), 'failed', ?, 2)", run, tenant.id());

        hooks.happen(List.of(
                event(tenant, "run.finished", run, Map.of("due", 12)),
                event(tenant, "run.deadline-missed", run, Map.of("deadline", "2026-11-23T12:00:00Z"))));

        var payloads = payloads(webhook).stream().collect(Collectors.toMap(payload -> payload.at("/type").asText(), Function.identity()));
        assertThat(payloads).containsOnlyKeys("run.finished", "run.deadline-missed");
        assertThat(payloads.get("run.finished")).isEqualTo(tree("""
            {"type": "run.finished", "timestamp": "2026-11-23T11:30:00Z",
             "data": {"id": "%s", "tenant": "%s", "definition": "weekly-business", "period": "2026-W40", "revision": 7,
                      "state": "finished", "due": 12, "counts": {"delivered": 10, "failed": 2}}}
            """.formatted(run, tenant.slug())));
        assertThat(payloads.get("run.deadline-missed").at("/data/deadline").asText()).isEqualTo("2026-11-23T12:00:00Z");
    }

    @Test
    void aRollbackLeavesNoMessage() {
        var webhook = hooks.endpoint(tenant, NOWHERE, WebhookEvent.REPORT_FAILED);

        assertThatThrownBy(() -> get(database.transaction(transaction -> audit
                        .append(transaction, WebhookWorld.failed(tenant, report))
                        .flatMap(_ -> Uni.createFrom().failure(new IllegalStateException("rolled back"))))))
                .hasMessageContaining("rolled back");

        assertThat(payloads(webhook)).isEmpty();
        assertThat(world.events(report)).isEmpty();
    }

    /** More than one statement has room for, of two tenants. */
    @Test
    void aLargeBatchGivesEachEventItsMessage() {
        var otherTenant = world.tenant();
        var otherReport = world.reportWithoutJob(otherTenant);
        var mine = hooks.endpoint(tenant, NOWHERE, WebhookEvent.REPORT_DELIVERED);
        var theirs = hooks.endpoint(otherTenant, NOWHERE, WebhookEvent.REPORT_DELIVERED);
        var events = new ArrayList<AuditEvent>();
        for (var i = 0; i < 301; i++) {
            events.add(event(tenant, "report.delivered", world.reportWithoutJob(tenant), Map.of()));
            if (i < 5) {
                events.add(event(otherTenant, "report.delivered", otherReport, Map.of()));
            }
        }

        hooks.happen(events);

        assertThat(payloads(mine)).hasSize(301).extracting(payload -> payload.at("/data/id").asText()).doesNotHaveDuplicates();
        assertThat(payloads(theirs)).hasSize(5).allMatch(payload -> payload.at("/data/tenant").asText().equals(otherTenant.slug()));
    }

    @Test
    void aDisabledEndpointAndAReportThatDoesNotExistGetNothing() {
        var webhook = hooks.endpoint(tenant, NOWHERE, WebhookEvent.REPORT_FAILED);
        hooks.happen(List.of(WebhookWorld.failed(tenant, "f".repeat(32))));
        world.sql("UPDATE webhook SET state = 'disabled' WHERE id = UNHEX(?)", webhook.id());

        hooks.happen(List.of(WebhookWorld.failed(tenant, report)));

        assertThat(payloads(webhook)).isEmpty();
    }

    /** In no order: the ids of messages that are written within a millisecond have none. */
    private List<JsonNode> payloads(Webhook webhook) {
        return StreamSupport.stream(
                        world.rows("SELECT payload FROM webhook_message WHERE webhook_id = UNHEX(?)", webhook.id())
                                .spliterator(),
                        false)
                .map(row -> tree(row.getString("payload")))
                .toList();
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
