package io.weekly.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.tenant.Scope.OfTenant;
import io.weekly.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** What an admin can order for an endpoint: a test, and one message again. */
@ApplicationScoped
public class WebhookOrders {

    private final Database database;
    private final WebhookMessages messages;
    private final EventPayloads payloads;
    private final AuditLog audit;
    private final Clock clock;

    WebhookOrders(Database database, WebhookMessages messages, EventPayloads payloads, AuditLog audit, Clock clock) {
        this.database = database;
        this.messages = messages;
        this.payloads = payloads;
        this.audit = audit;
        this.clock = clock;
    }

    /** How an order ended. */
    public sealed interface Result {
        /** The message will be sent. */
        record Ordered(WebhookMessage message) implements Result {}

        /** The endpoint is disabled, so it gets no message. */
        record Disabled() implements Result {}

        /** There is no such endpoint or message. */
        record NotThere() implements Result {}
    }

    /** Sends a {@link WebhookEvent#TEST} to the endpoint, whatever events it has. */
    public Uni<Result> test(Tenant tenant, String webhookId, String actor) {
        return order(tenant.scope(), webhookId, transaction -> {
            var event = payloads.test(tenant.id(), tenant.slug(), webhookId, clock.instant());
            return messages.post(transaction, List.of(new WebhookMessages.Posted(webhookId, event)))
                    .map(List::getFirst)
                    .call(id -> append(transaction, tenant.scope(), webhookId, actor, "webhook.tested", id));
        });
    }

    /** Sends a message again now, with the same {@code webhook-id}. */
    public Uni<Result> retry(OfTenant tenant, String webhookId, String messageId, String actor) {
        if (!Ids.isId(messageId)) {
            return Uni.createFrom().item(new Result.NotThere());
        }
        return order(tenant, webhookId, transaction -> messages.retry(transaction, tenant, webhookId, messageId)
                .call(changed -> changed
                        ? append(transaction, tenant, webhookId, actor, "webhook.message-retried", messageId)
                        : Uni.createFrom().voidItem())
                .replaceWith(messageId));
    }

    private Uni<Result> order(OfTenant tenant, String webhookId, Order order) {
        return database.transaction(transaction -> Webhooks.find(transaction, tenant, webhookId, "FOR UPDATE").flatMap(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(new Result.NotThere());
            }
            if (found.get().state() == EndpointState.DISABLED) {
                return Uni.createFrom().item(new Result.Disabled());
            }
            return order.in(transaction).flatMap(id -> messages.find(transaction, tenant, webhookId, id)).map(message ->
                    message.<Result>map(Result.Ordered::new).orElseGet(Result.NotThere::new));
        }));
    }

    private interface Order {
        /** Returns the id of the message. */
        Uni<String> in(SqlClient transaction);
    }

    private Uni<Void> append(SqlClient transaction, OfTenant tenant, String webhookId, String actor, String action, String messageId) {
        return audit.append(transaction, new AuditEvent(
                tenant.tenantId(), clock.instant(), actor, action, webhookId, Map.of("message", messageId)));
    }
}
