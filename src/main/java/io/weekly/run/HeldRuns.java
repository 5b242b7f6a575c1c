package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.PersonalText;
import io.weekly.queue.JobQueue;
import io.weekly.report.ReportFormat;
import io.weekly.report.ReportRequests;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Holds and releases runs that must not send anything until their data are ready or somebody has approved them. Their reports and jobs are
 * created as for any other run, so the number of due reports is final. But the jobs are scheduled for the year 9999. When the run is
 * released, {@link RunEnqueuer} releases the jobs chunk by chunk.
 */
@ApplicationScoped
class HeldRuns {

    private static final int CANARIES = 3;

    private final RunTransitions transitions;
    private final RunCursors cursors;
    private final JobQueue queue;
    private final ReportRequests requests;
    private final RunAudit audit;

    HeldRuns(RunTransitions transitions, RunCursors cursors, JobQueue queue, ReportRequests requests, RunAudit audit) {
        this.transitions = transitions;
        this.cursors = cursors;
        this.queue = queue;
        this.requests = requests;
        this.audit = audit;
    }

    /** Holds a run that waited for its data. The caller holds the lock of the run. */
    Uni<Void> hold(SqlClient transaction, LockedRun run) {
        return transitions.hold(transaction, run);
    }

    // Without the index both servers read every report that the tenant's first recipients ever got.
    private static final String FIRST_RECIPIENTS =
            """
            SELECT recipient_id
            FROM report FORCE INDEX (report_once)
            WHERE tenant_id = ? AND definition = ? AND period = ? AND revision = ? AND run_id = UNHEX(?)
            ORDER BY recipient_id
            LIMIT ?""";

    /** Requests the canaries: samples of the first few reports of the run, mailed to the person who has to approve it. */
    Uni<Void> sendCanaries(SqlClient transaction, LockedRun run) {
        var approver = run.approver();
        if (approver == null) {
            return Uni.createFrom().failure(new IllegalStateException("run %s must be approved, but by nobody".formatted(run.id())));
        }
        return transaction
                .preparedQuery(FIRST_RECIPIENTS)
                .execute(Tuple.of(run.tenantId(), run.definition(), run.period(), run.revision(), run.id(), CANARIES))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getLong("recipient_id")).toList())
                .flatMap(recipients -> requests.samples(
                        transaction, run.tenantId(), AuditEvent.SERVICE, run.definition(), run.period(), recipients,
                        ReportFormat.names(run.formats()), approver))
                .flatMap(samples -> audit.append(
                        transaction, run.tenantId(), run.id(), "run.held",
                        Map.of("canaries", samples, "owner", PersonalText.ofAddress(approver, approver))));
    }

    /**
     * Releases a run that was held or waited for its data. Its window and its deadline count from now. A new cursor covers its held jobs.
     */
    Uni<Void> release(SqlClient transaction, LockedRun run) {
        return transitions.release(transaction, run).flatMap(_ -> cursors.open(transaction, run.tenantId(), run.id()));
    }

    /** Releases the jobs of the recipients with ids greater than {@code after}, up to and including {@code upTo}. */
    Uni<Void> releaseChunk(SqlClient transaction, LockedRun run, long after, long upTo) {
        return queue.letGo(transaction, run.chunk(0, after, upTo));
    }

    /** The last chunk has been released. */
    Uni<Void> allReleased(SqlClient transaction, LockedRun run) {
        return transitions.allReleased(transaction, run);
    }
}
