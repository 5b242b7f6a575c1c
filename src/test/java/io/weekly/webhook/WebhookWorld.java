package io.weekly.webhook;

import static io.weekly.testing.World.get;

import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.PersonalText;
import io.weekly.database.Database;
import io.weekly.tenant.Scope.OfTenant;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes endpoints and events for the tests of this package. */
@ApplicationScoped
class WebhookWorld {

    static final WebhookSecret SECRET = WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    private final World world;
    private final Webhooks webhooks;
    private final AuditLog audit;
    private final Database database;
    private final DueEndpoints due;
    private final EndpointDrain drain;

    WebhookWorld(World world, Webhooks webhooks, AuditLog audit, Database database, DueEndpoints due, EndpointDrain drain) {
        this.world = world;
        this.webhooks = webhooks;
        this.audit = audit;
        this.database = database;
        this.due = due;
        this.drain = drain;
    }

    static OfTenant scope(TenantRow tenant) {
        return new OfTenant(tenant.id());
    }

    Webhook endpoint(TenantRow tenant, String url, WebhookEvent... events) {
        var wanted = new WebhookChange(url, List.of(events), true);
        var created = get(webhooks.create(scope(tenant), wanted, SECRET, "user:admin"));
        return ((Webhooks.Creation.Created) created).webhook();
    }

    Webhook read(TenantRow tenant, Webhook webhook) {
        return get(webhooks.find(scope(tenant), webhook.id())).orElseThrow();
    }

    static AuditEvent event(TenantRow tenant, String action, String subject, Map<String, Object> detail) {
        return new AuditEvent(tenant.id(), Instant.parse("2026-11-23T11:30:00Z"), AuditEvent.SERVICE, action, subject, detail);
    }

    static AuditEvent failed(TenantRow tenant, String report) {
        return event(tenant, "report.failed", report, Map.of("reason", new PersonalText("no figures for Ann", null)));
    }

    /** The events happen, in one transaction. */
    void happen(List<AuditEvent> events) {
        database.transaction(transaction -> audit.append(transaction, events)).await().atMost(TIMEOUT);
    }

    /** So many messages for the endpoints of the tenant that want failed reports. */
    void failures(TenantRow tenant, int count) {
        var report = world.reportWithoutJob(tenant);
        var events = new ArrayList<AuditEvent>();
        for (var i = 0; i < count; i++) {
            events.add(failed(tenant, report));
        }
        happen(events);
    }

    /** Sends what is due for the endpoint, in this process and once. */
    void send(TenantRow tenant, Webhook webhook) {
        drain.drain(new DueEndpoints.Due(tenant.id(), webhook.id()), () -> false).await().atMost(TIMEOUT);
    }

    /** Whether a pass would find the endpoint. */
    boolean isDue(Webhook webhook) {
        return get(due.next()).stream().anyMatch(one -> one.webhookId().equals(webhook.id()));
    }

    /** The time of the next attempts has come. */
    void dueNow(Webhook webhook) {
        world.sql("UPDATE webhook_message SET due_at = NOW(6) WHERE webhook_id = UNHEX(?)", webhook.id());
        world.sql("UPDATE webhook SET paused_until = NULL WHERE id = UNHEX(?)", webhook.id());
    }

    int messages(Webhook webhook, MessageState state) {
        return world.count("SELECT COUNT(*) FROM webhook_message WHERE webhook_id = UNHEX(?) AND state = ?", webhook.id(), state.text());
    }
}
