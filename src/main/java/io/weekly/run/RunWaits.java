package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import io.weekly.definition.ReadinessQuery;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code run_wait}: a row for each run that waits for its data, from the start of the run until the wait ends. The row is deleted
 * under the lock of the run. So the wait ends only once, even if a result, an approval and a cancellation arrive at the same time. The
 * times are those of the database's clock, like those of leases.
 */
@ApplicationScoped
class RunWaits {

    private final Database database;

    RunWaits(Database database) {
        this.database = database;
    }

    private static final String ADD =
            """
            INSERT INTO run_wait (tenant_id, run_id, wait_until, ask_at, asked)
            VALUES (?, UNHEX(?), NOW(6) + INTERVAL ? MICROSECOND, NOW(6), 0)""";

    /** Adds the row, in the transaction that inserts the run. The first check comes when all reports of the run are queued. */
    Uni<Void> add(SqlClient transaction, int tenantId, String runId, ReadinessQuery readiness) {
        return transaction.preparedQuery(ADD).execute(Tuple.of(tenantId, runId, Utc.micros(readiness.longest()))).replaceWithVoid();
    }

    private static final String UNTIL =
            """
            SELECT wait_until
            FROM run_wait
            WHERE tenant_id = ? AND run_id = UNHEX(?)""";

    /** When the wait of a run ends. */
    Uni<Instant> until(SqlClient transaction, LockedRun run) {
        return transaction
                .preparedQuery(UNTIL)
                .execute(Tuple.of(run.tenantId(), run.id()))
                .map(rows -> Utc.instant(rows.iterator().next().getLocalDateTime("wait_until")));
    }

    private static final String DUE =
            """
            SELECT STRAIGHT_JOIN w.tenant_id, LOWER(HEX(w.run_id)) AS id, r.definition, r.period, r.revision, w.wait_until,
                   w.wait_until <= NOW(6) AS wait_is_over, w.asked, w.fault, t.slug, t.name, t.zone,
                   IF(t.ended_at IS NULL, COALESCE(NULLIF(s.owner, ''), r.owner), NULL) AS owner
            FROM run_wait w
            JOIN run r ON r.tenant_id = w.tenant_id AND r.id = w.run_id
            JOIN tenant t ON t.id = w.tenant_id
            LEFT JOIN schedule s ON s.tenant_id = r.tenant_id AND s.id = r.schedule_id
            WHERE w.ask_at <= NOW(6) AND r.state = 'waiting'
            ORDER BY w.ask_at
            LIMIT ?""";

    /** The runs whose next check is due, the longest overdue first. */
    Uni<List<WaitingRun>> due(int max) {
        return database.client()
                .preparedQuery(DUE)
                .execute(Tuple.of(max))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(WaitingRun::of).toList());
    }

    // The last check comes at the end of the wait, however long the pause is.
    private static final String TAKE =
            """
            UPDATE run_wait
            SET asked = asked + 1,
                ask_at = IF(wait_until > NOW(6), LEAST(wait_until, NOW(6) + INTERVAL ? MICROSECOND), NOW(6) + INTERVAL ? MICROSECOND)
            WHERE tenant_id = ? AND run_id = UNHEX(?) AND asked = ? AND ask_at <= NOW(6)""";

    /**
     * Takes a check, so that no other process makes it. If this process dies before the result is stored, another process checks again
     * after the pause.
     *
     * @return false if another process was faster
     */
    Uni<Boolean> take(WaitingRun run, Duration pause) {
        return database.client()
                .preparedQuery(TAKE)
                .execute(Tuple.of(Utc.micros(pause), Utc.micros(pause), run.tenantId(), run.id(), run.asked()))
                .map(updated -> updated.rowCount() == 1);
    }

    private static final String ANSWERED =
            """
            UPDATE run_wait
            SET fault = ?
            WHERE tenant_id = ? AND run_id = UNHEX(?) AND NOT fault <=> ?""";

    /**
     * Stores the result of the last check.
     *
     * @param fault why the check failed; null if the data are not ready
     * @return whether this differs from the result before
     */
    Uni<Boolean> answered(SqlClient client, WaitingRun run, @Nullable String fault) {
        return client.preparedQuery(ANSWERED)
                .execute(Tuple.of(fault, run.tenantId(), run.id(), fault))
                .map(updated -> updated.rowCount() == 1);
    }

    private static final String END =
            """
            DELETE FROM run_wait
            WHERE tenant_id = ? AND run_id = UNHEX(?)""";

    /** Ends the wait of the run. Does nothing if the run does not wait. The caller holds the lock of the run. */
    Uni<Void> end(SqlClient transaction, int tenantId, String runId) {
        return transaction.preparedQuery(END).execute(Tuple.of(tenantId, runId)).replaceWithVoid();
    }
}
