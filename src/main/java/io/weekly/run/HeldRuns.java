package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Utc;
import io.weekly.queue.JobQueue;
import io.weekly.queue.RunChunk;
import io.weekly.report.ReportRequests;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Runs whose jobs wait until their data are there, or somebody has looked at the first few. All reports and jobs are there from the beginning, so that what is due
 * is frozen as with any run; the jobs are scheduled for never, and let go chunk by chunk once the run goes on.
 */
@ApplicationScoped
class HeldRuns {

    private static final int CANARIES = 3;

    // Left to themselves both servers read all that the tenant's first recipients ever got.
    private static final String FIRST =
            """
            SELECT recipient_id
            FROM report FORCE INDEX (report_once)
            WHERE tenant_id = ? AND definition = ? AND period = ? AND revision = ? AND run_id = UNHEX(?)
            ORDER BY recipient_id
            LIMIT ?""";
    private static final String GO_ON =
            """
            UPDATE run
            SET state = 'running', deadline_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";
    private static final String ALL_GONE =
            """
            UPDATE run
            SET held_jobs = FALSE
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    private final RunCursors cursors;
    private final Deadline deadline;
    private final JobQueue queue;
    private final ReportRequests requests;
    private final AuditLog audit;
    private final Clock clock;

    HeldRuns(RunCursors cursors, Deadline deadline, JobQueue queue, ReportRequests requests, AuditLog audit, Clock clock) {
        this.cursors = cursors;
        this.deadline = deadline;
        this.queue = queue;
        this.requests = requests;
        this.audit = audit;
        this.clock = clock;
    }

    /** Sends the canaries: samples of the first few reports, to the owner of the schedule. */
    Uni<Void> sendCanaries(SqlClient transaction, Row run) {
        return transaction
                .preparedQuery(FIRST)
                .execute(Tuple.from(new Object[] {
                    run.getInteger("tenant_id"), run.getString("definition"), run.getString("period"), run.getInteger("revision"),
                    run.getString("id"), CANARIES
                }))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getLong("recipient_id")).toList())
                .flatMap(recipients -> requests.samples(
                        transaction, run.getInteger("tenant_id"), AuditEvent.SERVICE, run.getString("definition"), run.getString("period"),
                        recipients, List.of(run.getString("formats").split(",")), run.getString("owner")))
                .flatMap(samples -> audit.append(transaction, new AuditEvent(
                        run.getInteger("tenant_id"), clock.instant(), AuditEvent.SERVICE, "run.held", run.getString("id"),
                        Map.of("canaries", samples, "owner", run.getString("owner")))));
    }

    /** Lets one that was held, or waited for its data, go on: its time begins anew. Its jobs follow when {@link RunEnqueuer} takes it up. */
    Uni<Void> goOn(SqlClient transaction, Row run) {
        var tenantId = run.getInteger("tenant_id");
        var id = run.getString("id");
        return transaction
                .preparedQuery(GO_ON)
                .execute(Tuple.of(Utc.column(deadline.of(clock.instant(), run.getInteger("window_minutes"))), tenantId, id))
                // A cursor again: it goes over the jobs that are held.
                .flatMap(changed -> cursors.open(transaction, tenantId, id));
    }

    /** Lets the jobs of the next recipients go: of those after one, up to another. */
    Uni<Void> letGo(SqlClient transaction, Row run, long after, long upTo) {
        return queue.letGo(transaction, new RunChunk(
                run.getInteger("tenant_id"), run.getString("id"), run.getString("definition"), run.getString("period"),
                run.getInteger("revision"), run.getInteger("window_minutes"), true, 0, after, upTo));
    }

    /** No job of it is held any more. */
    Uni<Void> allGone(SqlClient transaction, Row run) {
        return transaction
                .preparedQuery(ALL_GONE)
                .execute(Tuple.of(run.getInteger("tenant_id"), run.getString("id")))
                .replaceWithVoid();
    }
}
