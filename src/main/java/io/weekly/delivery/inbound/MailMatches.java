package io.weekly.delivery.inbound;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import io.weekly.delivery.DeliveryReference;
import io.weekly.delivery.ServerId;
import io.weekly.delivery.inbound.InboundEvent.MailNames;
import io.weekly.delivery.inbound.InboundEvent.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Finds the delivery that an event is about. An event names no tenant: the id of the report, or the id of the mail server, leads to it. An
 * address alone is never enough. A delivery without a dialogue has no mail yet, so no event is about it.
 */
@ApplicationScoped
class MailMatches {

    private static final int MAX_NAMES = 10;
    /** More than one: a mail server uses its ids again, or two mail servers give the same. */
    private static final int MAX_SERVER_MATCHES = 20;

    private static final String SELECT =
            """
            SELECT d.tenant_id, LOWER(HEX(d.report_id)) AS report, d.number, d.address, d.mode, d.outcome, d.ended_at, d.server_id,
                   r.recipient_id, r.mail_to, r.period,
                   NOT EXISTS (SELECT 1
                               FROM delivery later
                               WHERE later.tenant_id = d.tenant_id AND later.report_id = d.report_id AND later.number > d.number) AS latest
            """;
    private static final String BY_REPORT = SELECT
            + """
            FROM report r
            JOIN delivery d ON d.tenant_id = r.tenant_id AND d.report_id = r.id
            JOIN tenant t ON t.id = r.tenant_id AND t.ended_at IS NULL
            WHERE r.id = UNHEX(?) AND d.attempts > 0
              AND (d.number = ?
                   OR ? = 0 AND d.number = (SELECT MAX(l.number)
                                            FROM delivery l
                                            WHERE l.tenant_id = d.tenant_id AND l.report_id = d.report_id AND l.attempts > 0))""";
    private static final String BY_SERVER_ID = SELECT
            + """
            FROM delivery d
            JOIN report r ON r.tenant_id = d.tenant_id AND r.id = d.report_id
            JOIN tenant t ON t.id = d.tenant_id AND t.ended_at IS NULL
            WHERE d.server_id = ? AND d.attempts > 0
            LIMIT ?""";

    private final Database database;

    MailMatches(Database database) {
        this.database = database;
    }

    /** What the names of an event lead to. */
    sealed interface Found {
        /** One delivery. */
        record One(MailMatch match) implements Found {}

        /** No delivery of this service. */
        record None() implements Found {}

        /** Different deliveries. */
        record Several() implements Found {}
    }

    /** The delivery with these names. The ids of mail servers count only if the mail has no other name that we know. */
    Uni<Found> find(InboundEvent event) {
        return byReference(references(event.mail())).flatMap(found -> found.isEmpty()
                ? byServerId(event).map(MailMatches::only)
                : Uni.createFrom().item(only(found)));
    }

    private static Found only(Set<MailMatch> found) {
        return switch (found.size()) {
            case 0 -> new Found.None();
            case 1 -> new Found.One(found.iterator().next());
            default -> new Found.Several();
        };
    }

    private static List<DeliveryReference> references(MailNames names) {
        return Stream.concat(
                        names.messageIds().stream().flatMap(id -> DeliveryReference.ofMessageId(id).stream()),
                        names.references().stream())
                .distinct()
                .limit(MAX_NAMES)
                .toList();
    }

    private Uni<Set<MailMatch>> byReference(List<DeliveryReference> references) {
        return Multi.createFrom()
                .iterable(references)
                .onItem()
                .transformToUniAndConcatenate(reference -> database.client()
                        .preparedQuery(BY_REPORT)
                        .execute(Tuple.of(reference.reportId(), reference.number(), reference.number())))
                .collect()
                .in(LinkedHashSet<MailMatch>::new, MailMatches::add)
                .map(all -> all);
    }

    /**
     * If a server id belongs to several mails, the recipient decides. Anybody can send a notification to the bounce address and guess a
     * queue id, so there the id counts only together with the recipient.
     */
    private Uni<Set<MailMatch>> byServerId(InboundEvent event) {
        if (event.source() == Source.DSN && event.recipients().isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return Multi.createFrom()
                .iterable(event.mail().serverIds())
                .select()
                .where(id -> !id.isEmpty() && id.length() <= ServerId.MAX_LENGTH)
                .select()
                .first(MAX_NAMES)
                .onItem()
                .transformToUniAndConcatenate(
                        id -> database.client().preparedQuery(BY_SERVER_ID).execute(Tuple.of(id, MAX_SERVER_MATCHES)))
                .collect()
                .in(LinkedHashSet<MailMatch>::new, MailMatches::add)
                .map(all -> {
                    if (all.size() > 1) {
                        all.removeIf(match -> match.isErased() || !match.isFor(event.recipients()));
                    }
                    return all;
                });
    }

    /** The same delivery as it is in this transaction; empty if it is gone, or its tenant has ended. */
    Uni<Optional<MailMatch>> again(SqlClient transaction, MailMatch match) {
        var number = match.delivery().number();
        return transaction
                .preparedQuery(BY_REPORT)
                .execute(Tuple.of(match.delivery().reportId(), number, number))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(MailMatches::match)
                        .filter(now -> now.tenantId() == match.tenantId())
                        .findFirst());
    }

    private static void add(Set<MailMatch> all, RowSet<Row> rows) {
        StreamSupport.stream(rows.spliterator(), false).map(MailMatches::match).forEach(all::add);
    }

    private static MailMatch match(Row row) {
        return new MailMatch(
                row.getInteger("tenant_id"),
                new DeliveryReference(row.getString("report"), row.getInteger("number")),
                row.getInteger("latest") != 0,
                row.getString("address"),
                "attachment".equals(row.getString("mode")),
                row.getString("outcome"),
                Utc.instant(row.getLocalDateTime("ended_at")),
                row.getString("server_id"),
                row.getLong("recipient_id"),
                row.getString("mail_to"),
                row.getString("period"));
    }
}
