package io.weekly.webhook;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditListener;
import io.weekly.database.Placeholders;
import io.weekly.webhook.OutgoingEvent.Subscriber;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Writes a message into the outbox for each endpoint that wants an event, in the transaction of the event. So a message exists if and only
 * if its event does. Nearly all audit events concern no endpoint and cost nothing here; a batch with reports that have ended costs one
 * query, and if its tenants have endpoints, two statements more for up to 128 reports.
 */
@ApplicationScoped
class EventOutbox implements AuditListener {

    private final EventPayloads payloads;
    private final WebhookMessages messages;

    EventOutbox(EventPayloads payloads, WebhookMessages messages) {
        this.payloads = payloads;
        this.messages = messages;
    }

    /** An audit event about which endpoints can get messages. */
    record Occurrence(int tenantId, WebhookEvent event, AuditEvent audited) {}

    @Override
    public Uni<Void> written(SqlClient transaction, List<AuditEvent> events) {
        var occurrences = events.stream().flatMap(event -> occurrence(event).stream()).toList();
        if (occurrences.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var tenants = occurrences.stream().map(Occurrence::tenantId).distinct().sorted().toList();
        return subscribers(transaction, tenants).flatMap(subscribers -> {
            var wanted = occurrences.stream().filter(occurrence -> isWanted(occurrence, subscribers)).toList();
            return wanted.isEmpty() ? Uni.createFrom().voidItem() : post(transaction, wanted, subscribers);
        });
    }

    private static Optional<Occurrence> occurrence(AuditEvent event) {
        var tenantId = event.tenantId();
        return tenantId == null
                ? Optional.empty()
                : WebhookEvent.of(event.action()).map(kind -> new Occurrence(tenantId, kind, event));
    }

    private static boolean isWanted(Occurrence occurrence, List<Subscriber> subscribers) {
        return subscribers.stream().anyMatch(subscriber -> wants(subscriber, occurrence.tenantId(), occurrence.event()));
    }

    private static boolean wants(Subscriber subscriber, int tenantId, WebhookEvent event) {
        return subscriber.tenantId() == tenantId && subscriber.events().contains(event);
    }

    // Reads without a lock: an endpoint that is deleted meanwhile gets a message that nobody sends, and OldMessages deletes it.
    private static final String SUBSCRIBERS =
            """
            SELECT w.tenant_id, t.slug, LOWER(HEX(w.id)) AS id, w.events
            FROM webhook w
            JOIN tenant t ON t.id = w.tenant_id
            WHERE w.tenant_id IN (%s) AND w.state <> 'disabled'
            ORDER BY w.tenant_id, w.id""";

    /** @param tenants a batch of jobs has a few dozen at most */
    private static Uni<List<Subscriber>> subscribers(SqlClient transaction, List<Integer> tenants) {
        var padded = Padding.toPowerOfTwo(tenants);
        return transaction
                .preparedQuery(SUBSCRIBERS.formatted(Placeholders.of("?", padded.size())))
                .execute(Tuple.from(new ArrayList<Object>(padded)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(EventOutbox::subscriber).toList());
    }

    private static Subscriber subscriber(Row row) {
        return new Subscriber(row.getInteger("tenant_id"), row.getString("slug"), row.getString("id"), events(row.getString("events")));
    }

    /** The events of the column; names that this version does not know are left out. */
    static List<WebhookEvent> events(String column) {
        return Arrays.stream(column.split(",")).flatMap(name -> WebhookEvent.of(name).stream()).toList();
    }

    private Uni<Void> post(SqlClient transaction, List<Occurrence> wanted, List<Subscriber> subscribers) {
        var byTenant = wanted.stream().collect(Collectors.groupingBy(Occurrence::tenantId));
        return Multi.createFrom()
                .iterable(byTenant.entrySet())
                .onItem()
                .transformToUniAndConcatenate(entry -> {
                    var own = subscribers.stream().filter(subscriber -> subscriber.tenantId() == entry.getKey()).toList();
                    return payloads.of(transaction, own.getFirst().tenant(), entry.getValue())
                            .flatMap(outgoing -> messages.post(transaction, rows(outgoing, own)));
                })
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static List<WebhookMessages.Posted> rows(List<OutgoingEvent> outgoing, List<Subscriber> subscribers) {
        return outgoing.stream()
                .flatMap(event -> subscribers.stream()
                        .filter(subscriber -> wants(subscriber, event.tenantId(), event.event()))
                        .map(subscriber -> new WebhookMessages.Posted(subscriber.webhookId(), event)))
                .toList();
    }
}
