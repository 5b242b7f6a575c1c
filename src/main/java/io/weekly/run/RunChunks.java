package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.queue.JobSignal;
import io.weekly.queue.Lane;
import io.weekly.run.RunCursors.RunCursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Processes one chunk of a run in one short transaction. If the run is enqueuing, it queues the reports of the next recipients. If the run
 * has been released, it releases the jobs of the next recipients.
 */
@ApplicationScoped
class RunChunks {

    private static final int RECIPIENTS = 2000;

    private final Database database;
    private final RunCursors cursors;
    private final RunReports reports;
    private final HeldRuns heldRuns;
    private final EnqueuingEnd enqueuingEnd;
    private final JobSignal signal;

    RunChunks(
            Database database, RunCursors cursors, RunReports reports, HeldRuns heldRuns, EnqueuingEnd enqueuingEnd, JobSignal signal) {
        this.database = database;
        this.cursors = cursors;
        this.reports = reports;
        this.heldRuns = heldRuns;
        this.enqueuingEnd = enqueuingEnd;
        this.signal = signal;
    }

    /** Processes the next chunk, or closes a cursor after its last chunk. False if this process has nothing more to do for the run. */
    Uni<Boolean> next(int tenantId, String runId) {
        return database.transaction(transaction -> cursors.take(transaction, tenantId, runId)
                        .flatMap(cursor -> cursor.isEmpty()
                                // All cursors are closed, or other transactions have them.
                                ? Uni.createFrom().item(false)
                                : next(transaction, cursor.get())))
                .invoke(_ -> signal.ready(Lane.GENERATE));
    }

    private Uni<Boolean> next(SqlClient transaction, RunCursor cursor) {
        return RunLocks.readOpen(transaction, cursor).flatMap(run -> run.isEmpty()
                // The run was cancelled in the meantime: RunCanceller closes the cursors. It waits for chunks that are not committed yet.
                ? Uni.createFrom().item(false)
                : next(transaction, cursor, run.get()));
    }

    private Uni<Boolean> next(SqlClient transaction, RunCursor cursor, LockedRun run) {
        return lastOfChunk(transaction, cursor).flatMap(last -> {
            if (last.isEmpty()) {
                return close(transaction, cursor);
            }
            var chunk = isReleased(run)
                    ? heldRuns.releaseChunk(transaction, run, cursor.after(), last.get())
                    : reports.queueChunk(transaction, run, cursor.after(), last.get());
            return cursors.moveOn(transaction, cursor, last.get(), RECIPIENTS).flatMap(_ -> chunk).replaceWith(true);
        });
    }

    private static boolean isReleased(LockedRun run) {
        return run.state() == RunState.RUNNING;
    }

    private static final String LAST_OF_CHUNK =
            """
            SELECT MAX(id) AS up_to
            FROM (SELECT id
                  FROM recipient
                  WHERE tenant_id = ? AND id > ? AND id <= ?
                  ORDER BY id
                  LIMIT ?) chunk""";

    /** The last recipient of the cursor's next chunk; empty if none is left. */
    private static Uni<Optional<Long>> lastOfChunk(SqlClient transaction, RunCursor cursor) {
        return transaction
                .preparedQuery(LAST_OF_CHUNK)
                .execute(Tuple.of(cursor.tenantId(), cursor.after(), cursor.upTo(), RECIPIENTS))
                .map(rows -> Optional.ofNullable(rows.iterator().next().getLong("up_to")));
    }

    /** The cursor has no recipients left. If it was the last one of the run, all reports are queued, or all jobs released. */
    private Uni<Boolean> close(SqlClient transaction, RunCursor cursor) {
        return cursors.close(transaction, cursor)
                .flatMap(_ -> RunLocks.lockOpen(transaction, cursor))
                .flatMap(run -> run.isEmpty()
                        ? Uni.createFrom().item(false)
                        : cursors.anyLeft(transaction, cursor.tenantId(), cursor.runId())
                                .call(left -> left ? Uni.createFrom().voidItem() : end(transaction, run.get())));
    }

    private Uni<Void> end(SqlClient transaction, LockedRun run) {
        return isReleased(run) ? heldRuns.allReleased(transaction, run) : enqueuingEnd.end(transaction, run);
    }
}
