package io.weekly.audit.seal;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads audit events page by page, so that at most one page is in memory. */
final class EventRows {

    private static final int PAGE = 1000;
    /** Ids in one statement. */
    private static final int IDS = 200;

    private EventRows() {}

    /**
     * Reads the events of a range in ascending order.
     *
     * @param wanted takes each event; false ends the reading after it
     */
    static Uni<Void> inRange(SqlClient client, long first, long last, Predicate<SealedEvent> wanted) {
        return inRange(client, new EventPages(first, PAGE), last, wanted);
    }

    private static Uni<Void> inRange(SqlClient client, EventPages pages, long last, Predicate<SealedEvent> wanted) {
        return client.preparedQuery(SealQueries.EVENTS).execute(Tuple.of(pages.next(), last, PAGE)).flatMap(rows -> {
            for (var event : pages.unread(events(rows))) {
                if (!wanted.test(event)) {
                    return Uni.createFrom().voidItem();
                }
            }
            return pages.end() ? Uni.createFrom().voidItem() : inRange(client, pages, last, wanted);
        });
    }

    /** Reads the events with these ids that exist, in ascending order. */
    static Uni<Void> byId(SqlClient client, IdRanges ids, Consumer<SealedEvent> reader) {
        var all = ids.ids().boxed().toList();
        return byId(client, all, 0, reader);
    }

    private static Uni<Void> byId(SqlClient client, List<Long> ids, int from, Consumer<SealedEvent> reader) {
        if (from >= ids.size()) {
            return Uni.createFrom().voidItem();
        }
        var some = ids.subList(from, Math.min(from + IDS, ids.size()));
        // Always the same statement: the last id is repeated.
        var values = new ArrayList<Object>(some);
        while (values.size() < IDS) {
            values.add(some.getLast());
        }
        return client.preparedQuery(SealQueries.EVENTS_BY_ID.formatted(Placeholders.of("?", IDS)))
                .execute(Tuple.from(values))
                .invoke(rows -> events(rows).forEach(reader))
                .flatMap(_ -> byId(client, ids, from + IDS, reader));
    }

    /** The first id below 1. */
    static Uni<Optional<Long>> belowFirst(SqlClient client) {
        return client.query(SealQueries.BELOW_FIRST)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getLong("id")).findFirst());
    }

    private static List<SealedEvent> events(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(EventRows::event).toList();
    }

    private static SealedEvent event(Row row) {
        return new SealedEvent(
                row.getLong("id"),
                row.getLong("tenant_id"),
                row.getLong("at_micros"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("detail"),
                row.getString("client"),
                row.getString("request_id"));
    }

    /**
     * The events after the last seal.
     *
     * @param tenantId counts only those of this tenant; null counts all
     */
    static Uni<UnsealedEvents> unsealed(SqlClient client, long after, @Nullable Integer tenantId) {
        var values = tenantId == null ? Tuple.of(after, after) : Tuple.of(tenantId, after, tenantId, after);
        return client.preparedQuery(tenantId == null ? SealQueries.UNSEALED : SealQueries.UNSEALED_OF_TENANT)
                .execute(values)
                .map(rows -> rows.iterator().next())
                .map(row -> new UnsealedEvents(row.getLong("events"), row.getLong("oldest")));
    }
}
