package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Rows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * How far a run's enqueuing has come: one cursor over all of the tenant's recipients to begin with, and where they turn out to be many,
 * several, each over a range of its own. A chunk's transaction holds one of them from its beginning, so no two do the same recipients.
 */
@ApplicationScoped
class RunCursors {

    /** How many there are at most: as many transactions can be at a run at once. */
    static final int PARTS = 4;

    private static final String OPEN =
            """
            INSERT INTO run_cursor (tenant_id, run_id, part, enqueued_to, up_to)
            VALUES %s""";
    private static final String ROW = "(?, UNHEX(?), ?, ?, ?)";
    private static final String TAKE =
            """
            SELECT part, enqueued_to, up_to
            FROM run_cursor
            WHERE tenant_id = ? AND run_id = UNHEX(?)
            ORDER BY part
            LIMIT 1
            FOR UPDATE SKIP LOCKED""";
    private static final String LAST_RECIPIENT =
            """
            SELECT MAX(id) AS id
            FROM recipient
            WHERE tenant_id = ?""";
    private static final String MOVE_ON =
            """
            UPDATE run_cursor
            SET enqueued_to = ?, up_to = ?
            WHERE tenant_id = ? AND run_id = UNHEX(?) AND part = ?""";
    private static final String CLOSE =
            """
            DELETE FROM run_cursor
            WHERE tenant_id = ? AND run_id = UNHEX(?) AND part = ?""";
    private static final String LEFT =
            """
            SELECT COUNT(*) AS n
            FROM run_cursor
            WHERE tenant_id = ? AND run_id = UNHEX(?)""";
    private static final String CLOSE_ALL =
            """
            DELETE FROM run_cursor
            WHERE tenant_id = ? AND run_id = UNHEX(?)""";

    /**
     * One cursor of a run, held by the transaction that took it.
     *
     * @param after recipients with a greater id than this …
     * @param upTo … up to and with this one are still to be done
     */
    record RunCursor(int tenantId, String runId, int part, long after, long upTo) {

        private boolean isOverAll() {
            return part == 0 && after == 0 && upTo == Long.MAX_VALUE;
        }
    }

    /** A run's enqueuing begins, over all recipients. Whoever is added before the last range is done is one of them. */
    Uni<Void> open(SqlClient transaction, int tenantId, String runId) {
        return Rows.insert(transaction, OPEN, ROW, List.of(Tuple.of(tenantId, runId, 0, 0L, Long.MAX_VALUE)));
    }

    /** One that nobody is at; empty where there is none, or others are at all there are. */
    Uni<Optional<RunCursor>> take(SqlClient transaction, int tenantId, String runId) {
        return transaction
                .preparedQuery(TAKE)
                .execute(Tuple.of(tenantId, runId))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).findFirst().map(row -> cursor(tenantId, runId, row)));
    }

    private static RunCursor cursor(int tenantId, String runId, Row row) {
        return new RunCursor(tenantId, runId, row.getInteger("part"), row.getLong("enqueued_to"), row.getLong("up_to"));
    }

    /** Everybody up to this recipient is done. After the first chunk of all, the rest is cut into {@link #ranges}. */
    Uni<Void> moveOn(SqlClient transaction, RunCursor cursor, long done, int chunk) {
        if (!cursor.isOverAll()) {
            return moveOn(transaction, cursor, new Range(done, cursor.upTo()));
        }
        return transaction
                .preparedQuery(LAST_RECIPIENT)
                .execute(Tuple.of(cursor.tenantId()))
                .map(rows -> ranges(done, rows.iterator().next().getLong("id"), chunk))
                .flatMap(ranges -> moveOn(transaction, cursor, ranges.getFirst())
                        .flatMap(moved -> openAll(transaction, cursor, ranges.subList(1, ranges.size()))));
    }

    /**
     * Cuts what comes after one recipient into ranges of ids of equal width, where each may hold a chunk of recipients. The last one has no
     * end.
     */
    static List<Range> ranges(long done, long lastRecipient, int chunk) {
        var parts = Math.clamp((lastRecipient - done) / chunk, 1, PARTS);
        var width = (lastRecipient - done) / parts;
        return IntStream.range(0, parts)
                .mapToObj(part -> new Range(done + part * width, part == parts - 1 ? Long.MAX_VALUE : done + (part + 1) * width))
                .toList();
    }

    /** Ids greater than the first and up to the last, that one included. */
    record Range(long after, long upTo) {}

    private static Uni<Void> moveOn(SqlClient transaction, RunCursor cursor, Range range) {
        return transaction
                .preparedQuery(MOVE_ON)
                .execute(Tuple.of(range.after(), range.upTo(), cursor.tenantId(), cursor.runId(), cursor.part()))
                .replaceWithVoid();
    }

    private static Uni<Void> openAll(SqlClient transaction, RunCursor first, List<Range> others) {
        var rows = new ArrayList<Tuple>();
        for (var range : others) {
            rows.add(Tuple.of(first.tenantId(), first.runId(), rows.size() + 1, range.after(), range.upTo()));
        }
        return Rows.insert(transaction, OPEN, ROW, rows);
    }

    /** There is nothing left behind it. */
    Uni<Void> close(SqlClient transaction, RunCursor cursor) {
        return transaction
                .preparedQuery(CLOSE)
                .execute(Tuple.of(cursor.tenantId(), cursor.runId(), cursor.part()))
                .replaceWithVoid();
    }

    /** Whether any is left. To be asked while the run is held, or two who close the last two at once both see the other's. */
    Uni<Boolean> anyLeft(SqlClient transaction, int tenantId, String runId) {
        return transaction
                .preparedQuery(LEFT)
                .execute(Tuple.of(tenantId, runId))
                .map(rows -> rows.iterator().next().getInteger("n") > 0);
    }

    /** Nobody gets anything more of this run. Waits for the chunks that are under way. */
    Uni<Void> closeAll(SqlClient client, int tenantId, String runId) {
        return client.preparedQuery(CLOSE_ALL).execute(Tuple.of(tenantId, runId)).replaceWithVoid();
    }
}
