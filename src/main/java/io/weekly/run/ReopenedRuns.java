package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.report.ReportStatus;
import io.weekly.report.RunReopening;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * Reopens finished runs when one of their reports goes on; {@link RunSweeper} ends them again. A cancelled run stays cancelled. In a run
 * that delivers nothing, a generated report is an end, so it reopens nothing.
 */
@ApplicationScoped
class ReopenedRuns implements RunReopening {

    private final RunTransitions transitions;
    private final RunAudit audit;

    ReopenedRuns(RunTransitions transitions, RunAudit audit) {
        this.transitions = transitions;
        this.audit = audit;
    }

    /** Locks a running run as well: a sweeper that is about to end it then sees the counters that this transaction has changed. */
    @Override
    public Uni<Void> reopen(SqlClient transaction, int tenantId, String runId, String reportId, ReportStatus from, String actor) {
        return RunLocks.lock(transaction, tenantId, runId)
                .map(run -> run.filter(locked -> locked.state() == RunState.FINISHED && !from.isEnd(locked.delivery())))
                .flatMap(finished -> finished.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : transitions.reopen(transaction, finished.get()).flatMap(_ -> audit.append(
                                transaction, tenantId, runId, "run.reopened", actor, Map.of("report", reportId))));
    }
}
