package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.QueryConditions;
import io.weekly.run.RunCursors.RunCursor;
import io.weekly.tenant.Scope;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads runs inside a transaction, and locks their rows until it ends. */
final class RunLocks {

    private static final String SELECT =
            """
            SELECT r.tenant_id, LOWER(HEX(r.id)) AS id, r.definition, r.period, r.revision, r.triggered_by, r.window_minutes, r.audience,
                   r.approval, r.owner, r.formats, r.delivery, r.state, r.held_jobs <> 0 AS held_jobs, r.due,
                   EXISTS (SELECT 1 FROM run_wait w WHERE w.tenant_id = r.tenant_id AND w.run_id = r.id) AS waits
            FROM run r
            """;
    private static final String FOR_UPDATE = "\nFOR UPDATE";

    private RunLocks() {}

    /** Locks a run; empty if the scope sees no such run. */
    static Uni<Optional<LockedRun>> lock(SqlClient transaction, Scope scope, String id) {
        var where = scope.within(new QueryConditions().and("r.id = UNHEX(?)", id), "r");
        return read(transaction, SELECT + where.sql() + FOR_UPDATE, where.with());
    }

    private static final String BY_ID = SELECT + "WHERE r.tenant_id = ? AND r.id = UNHEX(?)";

    /** Locks a run; empty if there is no such run. */
    static Uni<Optional<LockedRun>> lock(SqlClient transaction, int tenantId, String id) {
        return read(transaction, BY_ID + FOR_UPDATE, Tuple.of(tenantId, id));
    }

    private static final String IS_WAITING = " AND r.state = 'waiting'";

    /** Locks a run that waits for its data; empty if it does not wait any more. */
    static Uni<Optional<LockedRun>> lockWaiting(SqlClient transaction, int tenantId, String id) {
        return read(transaction, BY_ID + IS_WAITING + FOR_UPDATE, Tuple.of(tenantId, id));
    }

    private static final String IS_OPEN = " AND (r.state = 'enqueuing' OR r.state = 'running' AND r.held_jobs)";

    /**
     * Reads a run whose reports are being queued or released. It does not lock the row, because several transactions work on one run at the
     * same time, each with its own cursor. Empty if the run was cancelled meanwhile.
     */
    static Uni<Optional<LockedRun>> readOpen(SqlClient transaction, RunCursor cursor) {
        return read(transaction, BY_ID + IS_OPEN, Tuple.of(cursor.tenantId(), cursor.runId()));
    }

    /** The same, and locks the run. */
    static Uni<Optional<LockedRun>> lockOpen(SqlClient transaction, RunCursor cursor) {
        return read(transaction, BY_ID + IS_OPEN + FOR_UPDATE, Tuple.of(cursor.tenantId(), cursor.runId()));
    }

    private static Uni<Optional<LockedRun>> read(SqlClient transaction, String sql, Tuple values) {
        return transaction
                .preparedQuery(sql)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(LockedRun::of).findFirst());
    }
}
