package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.QueryConditions;
import io.weekly.database.Utc;
import io.weekly.queue.JobQueue;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/**
 * Locks a report: first its job, then its row. The end of a stage locks in the same order, so the two cannot deadlock. While the lock is
 * held, no worker can claim the job or finish its stage.
 */
@ApplicationScoped
class ReportLocks {

    private static final String LOCK =
            """
            SELECT r.tenant_id, LOWER(HEX(r.id)) AS id, LOWER(HEX(r.run_id)) AS run, r.status, r.delivery, r.priority
            FROM report r
            %s
            FOR UPDATE""";
    // The composed mail counts as a file: nothing can be sent without it, and a note has no other file.
    private static final String FILES_AND_RUN =
            """
            SELECT COALESCE(MAX(format = 'mail') AND MIN(expires_at) > ?, 0) AS kept,
                   EXISTS (SELECT 1
                           FROM run
                           WHERE tenant_id = ? AND id = UNHEX(?) AND (state IN ('waiting', 'held')
                                                                    OR state = 'cancelled' AND finished_at IS NULL)) AS run_is_stopped
            FROM file
            WHERE tenant_id = ? AND report_id = UNHEX(?)""";

    private final JobQueue queue;
    private final Clock clock;

    ReportLocks(JobQueue queue, Clock clock) {
        this.queue = queue;
        this.clock = clock;
    }

    /** Locks the report until the transaction ends. Empty if the scope has no such report. */
    Uni<Optional<LockedReport>> lock(SqlClient transaction, Scope scope, String reportId) {
        var where = scope.within(new QueryConditions(), "r").and("r.id = UNHEX(?)", reportId);
        return queue.lock(transaction, reportId).flatMap(job -> transaction
                .preparedQuery(LOCK.formatted(where.sql()))
                .execute(where.with())
                .flatMap(rows -> rows.size() == 0
                        ? Uni.createFrom().item(Optional.<LockedReport>empty())
                        : locked(transaction, rows.iterator().next(), job).map(Optional::of)));
    }

    private Uni<LockedReport> locked(SqlClient transaction, Row row, Optional<JobQueue.Found> before) {
        // While this transaction waited for the row, another one may have enqueued a job. Locking the job now is against the order of
        // locks. If its worker finishes at this moment, there is a deadlock: the server ends one of the two transactions, and that one runs
        // again.
        var job = before.isPresent() ? Uni.createFrom().item(before) : queue.lock(transaction, row.getString("id"));
        return job.flatMap(found -> filesAndRun(transaction, row)
                .map(it -> LockedReport.of(row, found, it.getInteger("run_is_stopped") != 0, it.getInteger("kept") != 0)));
    }

    private Uni<Row> filesAndRun(SqlClient transaction, Row row) {
        var tenantId = row.getInteger("tenant_id");
        return transaction
                .preparedQuery(FILES_AND_RUN)
                .execute(Tuple.of(Utc.column(clock.instant()), tenantId, row.getString("run"), tenantId, row.getString("id")))
                .map(rows -> rows.iterator().next());
    }
}
