package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.audit.AuditEvent;
import io.weekly.queue.JobQueue;
import io.weekly.queue.Lane;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends a report in another way than its dialogue with the mail server said, because a mail system says later what became of the mail. A run
 * that has finished stays finished: the report has ended before and after the change, so the ledger of the run balances as before, and one
 * of its numbers moves to another. Only a report that is mailed once more opens it again.
 */
@ApplicationScoped
public class LateOutcomes {

    private final ReportLocks locks;
    private final JobQueue queue;
    private final RunReopening runs;

    LateOutcomes(ReportLocks locks, JobQueue queue, RunReopening runs) {
        this.locks = locks;
        this.queue = queue;
        this.runs = runs;
    }

    /** Locks the report until the transaction ends; empty if the tenant has no such report. */
    public Uni<Optional<LateReport>> lock(SqlClient transaction, int tenantId, String reportId) {
        return locks.lock(transaction, new Scope.OfTenant(tenantId), reportId).map(found -> found.map(LateReport::new));
    }

    /**
     * Ends the report, and counts the change for its run. A job that waits to send the mail again is removed. The report must be {@link
     * LateReport.State#CHANGEABLE}. The caller writes the record of the delivery and the audit event.
     *
     * @param error why the mail did not arrive; null if it did
     */
    public Uni<Void> end(SqlClient transaction, LateReport report, ReportStatus to, @Nullable String error, Instant at) {
        var locked = report.locked();
        return queue.discard(transaction, locked.job())
                .flatMap(_ -> ReportTransitions.endLate(transaction, locked, to, error, at))
                .flatMap(_ -> RunCounters.add(
                        transaction, RunDelta.of(locked.tenantId(), locked.runId(), locked.stored(), to)))
                .flatMap(_ -> to == ReportStatus.DELIVERED
                        ? Uni.createFrom().voidItem()
                        : RunLateEnds.note(transaction, locked.tenantId(), locked.runId(), at));
    }

    /**
     * Sets the report back to generated, and enqueues its delivery. A run that has finished is open again. The report must be {@link
     * LateReport.State#CHANGEABLE} and {@link LateReport#canBeMailedWithLink}. The caller adds the delivery and the audit event.
     */
    public Uni<Void> mailAgain(SqlClient transaction, LateReport report) {
        var locked = report.locked();
        var tenant = locked.tenantId();
        return queue.discard(transaction, locked.job())
                .flatMap(_ -> ReportTransitions.deliverAgain(transaction, tenant, List.of(locked.id())))
                .flatMap(_ -> RunCounters.add(
                        transaction, RunDelta.of(tenant, locked.runId(), locked.stored(), ReportStatus.GENERATED)))
                // The job before the run, as in ReportVerbActions.
                .flatMap(_ -> queue.enqueue(transaction, Lane.DELIVER, locked.priority(), tenant, List.of(locked.id())))
                .flatMap(_ -> locked.runId() == null
                        ? Uni.createFrom().voidItem()
                        : runs.reopen(
                                transaction, tenant, locked.runId(), List.of(locked.id()), ReportStatus.GENERATED, AuditEvent.SERVICE));
    }
}
