package io.weekly.audit.seal;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds events that became visible after their range was sealed. Such an event can only be in a gap. So this looks at the gaps of the
 * ranges that were sealed in the last hour ({@code weekly.audit.late}), which are few, and not at all events.
 */
final class LateEvents {

    /** The most late events of one seal. The next seal gets the others. */
    static final int MAX = 2000;
    /** The most seals that are looked at; far more than an hour has. */
    private static final int MAX_SEALS = 5000;
    /** Ranges in one statement. If a seal has more gaps, some are read with the events between them. */
    private static final int RANGES = 64;
    private static final String FIND =
            """
            SELECT id
            FROM audit_event
            WHERE %s
            ORDER BY id
            LIMIT 20000""".formatted(String.join(" OR ", Collections.nCopies(RANGES, "id BETWEEN ? AND ?")));

    private LateEvents() {}

    /**
     * The ids of late events that no seal has yet.
     *
     * @param window how long before the newest seal a range was sealed at most. The time of the newest seal counts and not the present, so
     *     that nothing is missed while no process seals
     */
    static Uni<IdRanges> find(SqlClient transaction, Seal newest, Duration window) {
        var since = newest.sealedMicros() - window.toNanos() / 1000;
        return Seals.withGapsSince(transaction, since, MAX_SEALS).flatMap(seals -> {
            var known = new TreeSet<Long>();
            seals.forEach(seal -> seal.late().ids().forEach(known::add));
            var found = new TreeSet<Long>();
            return Multi.createFrom()
                    .iterable(seals)
                    .onItem()
                    .transformToUniAndConcatenate(seal -> inGaps(transaction, seal)
                            .invoke(ids -> ids.stream().filter(id -> !known.contains(id)).forEach(found::add)))
                    .collect()
                    .last()
                    .map(_ -> IdRanges.of(found.stream().limit(MAX).mapToLong(Long::longValue)));
        });
    }

    private static Uni<List<Long>> inGaps(SqlClient transaction, Seal seal) {
        if (seal.gaps().isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var ranges = seal.gaps().merged(RANGES);
        var values = new ArrayList<Object>();
        for (var i = 0; i < RANGES; i++) {
            // Always the same statement: the last range is repeated.
            var range = ranges.get(Math.min(i, ranges.size() - 1));
            values.add(range.first());
            values.add(range.last());
        }
        return transaction.preparedQuery(FIND).execute(Tuple.from(values)).map(rows -> {
            var ids = new ArrayList<Long>();
            rows.forEach(row -> ids.add(row.getLong("id")));
            ids.removeIf(id -> !seal.gaps().contains(id));
            return ids;
        });
    }
}
