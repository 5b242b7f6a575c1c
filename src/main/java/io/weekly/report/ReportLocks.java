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
 * Locks a report against its workers and everybody else: its job first and then its row, in the order in which the end of a stage
 * takes them. What is done then is either before a worker's claim or after its finish.
 */
@ApplicationScoped
class ReportLocks {

    private static final String LOCK =
            """
            SELECT r.tenant_id, LOWER(HEX(r.id)) AS id, LOWER(HEX(r.run_id)) AS run, r.status, r.delivery, r.priority
            FROM report r
            %s
            FOR UPDATE""";
    // The composed mail is a file as well: without it there is nothing to send, and it is the only one of a note.
    private static final String AROUND =
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

    /** Holds it until the transaction ends; empty where the scope sees no such report. */
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
        // While this waited for the row somebody may have given it a job. Looking again is against the order of locks: should its worker be
        // finishing just now, the server ends one of the two, which is run again.
        var job = before.isPresent() ? Uni.createFrom().item(before) : queue.lock(transaction, row.getString("id"));
        return job.flatMap(found -> around(transaction, row).map(around -> LockedReport.of(row, found, around)));
    }

    private Uni<Row> around(SqlClient transaction, Row row) {
        var tenantId = row.getInteger("tenant_id");
        return transaction
                .preparedQuery(AROUND)
                .execute(Tuple.of(Utc.column(clock.instant()), tenantId, row.getString("run"), tenantId, row.getString("id")))
                .map(rows -> rows.iterator().next());
    }
}
