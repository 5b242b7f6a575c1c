package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.MultiRowInsert;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * The table {@code run_cursor}: how far the enqueuing of a run, or the release of its jobs, has come. A run starts with one cursor over all
 * recipients of the tenant. If there are many recipients, the first chunk divides the rest into ranges, and each range gets a cursor. The
 * transaction of a chunk locks one cursor, so no two transactions process the same recipients.
 */
@ApplicationScoped
class RunCursors {

    /** The greatest number of cursors of a run, and so of transactions that can work on it at once. */
    static final int MAX_PARTS = 4;

    /**
     * One cursor of a run, locked by the current transaction. It is the range of recipients that are not processed yet.
     *
     * @param after those with ids greater than this one …
     * @param upTo … up to and including this one
     */
    record RunCursor(int tenantId, String runId, int part, long after, long upTo) {

        private boolean coversAll() {
            return part == 0 && after == 0 && upTo == Long.MAX_VALUE;
        }
    }

    private static final String OPEN =
            """
            INSERT INTO run_cursor (tenant_id, run_id, part, enqueued_to, up_to)
            VALUES %s""";
    private static final String ROW = "(?, UNHEX(?), ?, ?, ?)";

    /** Opens a cursor over all recipients. A recipient that is added before the last chunk is processed as well. */
    Uni<Void> open(SqlClient transaction, int tenantId, String runId) {
        return MultiRowInsert.insert(transaction, OPEN, ROW, List.of(Tuple.of(tenantId, runId, 0, 0L, Long.MAX_VALUE)));
    }

    private static final String TAKE =
            """
            SELECT part, enqueued_to, up_to
            FROM run_cursor
            WHERE tenant_id = ? AND run_id = UNHEX(?)
            ORDER BY part
            LIMIT 1
            FOR UPDATE SKIP LOCKED""";

    /** Takes and locks a cursor. Empty if the run has none, or if other transactions have them all. */
    Uni<Optional<RunCursor>> take(SqlClient transaction, int tenantId, String runId) {
        return transaction
                .preparedQuery(TAKE)
                .execute(Tuple.of(tenantId, runId))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).findFirst().map(row -> cursor(tenantId, runId, row)));
    }

    private static RunCursor cursor(int tenantId, String runId, Row row) {
        return new RunCursor(tenantId, runId, row.getInteger("part"), row.getLong("enqueued_to"), row.getLong("up_to"));
    }

    private static final String LAST_RECIPIENT =
            """
            SELECT MAX(id) AS id
            FROM recipient
            WHERE tenant_id = ?""";

    /**
     * Moves the cursor behind a chunk. After the first chunk of a run the rest is cut into {@link #ranges}.
     *
     * @param done the last recipient of the chunk
     * @param chunk the greatest number of recipients in a chunk
     */
    Uni<Void> moveOn(SqlClient transaction, RunCursor cursor, long done, int chunk) {
        if (!cursor.coversAll()) {
            return moveOn(transaction, cursor, new Range(done, cursor.upTo()));
        }
        return transaction
                .preparedQuery(LAST_RECIPIENT)
                .execute(Tuple.of(cursor.tenantId()))
                .map(rows -> ranges(done, rows.iterator().next().getLong("id"), chunk))
                .flatMap(ranges -> moveOn(transaction, cursor, ranges.getFirst())
                        .flatMap(_ -> openAll(transaction, cursor, ranges.subList(1, ranges.size()))));
    }

    /**
     * Cuts the ids after {@code done} into ranges of equal width. There are as many ranges as there may be chunks, at most
     * {@link #MAX_PARTS}. The last range has no end.
     */
    static List<Range> ranges(long done, long lastRecipient, int chunk) {
        var parts = Math.clamp((lastRecipient - done) / chunk, 1, MAX_PARTS);
        var width = (lastRecipient - done) / parts;
        return IntStream.range(0, parts)
                .mapToObj(part -> new Range(done + part * width, part == parts - 1 ? Long.MAX_VALUE : done + (part + 1) * width))
                .toList();
    }

    /** The ids greater than {@code after}, up to and including {@code upTo}. */
    record Range(long after, long upTo) {}

    private static final String MOVE_ON =
            """
            UPDATE run_cursor
            SET enqueued_to = ?, up_to = ?
            WHERE tenant_id = ? AND run_id = UNHEX(?) AND part = ?""";

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
        return MultiRowInsert.insert(transaction, OPEN, ROW, rows);
    }

    private static final String CLOSE =
            """
            DELETE FROM run_cursor
            WHERE tenant_id = ? AND run_id = UNHEX(?) AND part = ?""";

    /** Closes a cursor that has no recipients left. */
    Uni<Void> close(SqlClient transaction, RunCursor cursor) {
        return transaction
                .preparedQuery(CLOSE)
                .execute(Tuple.of(cursor.tenantId(), cursor.runId(), cursor.part()))
                .replaceWithVoid();
    }

    private static final String LEFT =
            """
            SELECT COUNT(*) AS n
            FROM run_cursor
            WHERE tenant_id = ? AND run_id = UNHEX(?)""";

    /**
     * Whether the run has an open cursor. The caller has locked the run. Otherwise two transactions that close the last two cursors at the
     * same time would both see one left.
     */
    Uni<Boolean> anyLeft(SqlClient transaction, int tenantId, String runId) {
        return transaction
                .preparedQuery(LEFT)
                .execute(Tuple.of(tenantId, runId))
                .map(rows -> rows.iterator().next().getInteger("n") > 0);
    }

    private static final String CLOSE_ALL =
            """
            DELETE FROM run_cursor
            WHERE tenant_id = ? AND run_id = UNHEX(?)""";

    /** Closes all cursors of a run: no more chunks. Waits for the chunks that are being processed. */
    Uni<Void> closeAll(SqlClient client, int tenantId, String runId) {
        return client.preparedQuery(CLOSE_ALL).execute(Tuple.of(tenantId, runId)).replaceWithVoid();
    }
}
