package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.queue.JobQueue;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends a report in another way than its dialogue with the mail server said, because a mail system says later what became of the mail. A run
 * that has finished stays finished: the report has ended before and after the change, so the ledger of the run balances as before, and one
 * of its numbers moves to another.
 */
@ApplicationScoped
public class LateOutcomes {

    private final ReportLocks locks;
    private final JobQueue queue;

    LateOutcomes(ReportLocks locks, JobQueue queue) {
        this.locks = locks;
        this.queue = queue;
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
}
