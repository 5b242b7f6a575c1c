package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.report.ReportStatus;
import io.weekly.report.RunReopening;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/**
 * Reopens a finished run when a user retries one of its reports or delivers it again. {@link RunSweeper} ends the run again. A cancelled
 * run stays cancelled. If a run delivers nothing, its generated reports have ended, so a delivery of such a report does not reopen the run.
 */
@ApplicationScoped
class ReopenedRuns implements RunReopening {

    private final RunTransitions transitions;
    private final RunAudit audit;

    ReopenedRuns(RunTransitions transitions, RunAudit audit) {
        this.transitions = transitions;
        this.audit = audit;
    }

    /** Also locks a run that is still running. Otherwise a sweeper could end the run without the changes of this transaction. */
    @Override
    public Uni<Void> reopen(SqlClient transaction, int tenantId, String runId, List<String> reportIds, ReportStatus from, String actor) {
        Map<String, Object> cause = reportIds.size() == 1 ? Map.of("report", reportIds.getFirst()) : Map.of("reports", reportIds.size());
        return RunLocks.lock(transaction, tenantId, runId)
                .map(run -> run.filter(locked -> locked.state() == RunState.FINISHED && !from.isEnd(locked.delivery())))
                .flatMap(finished -> finished.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : transitions.reopen(transaction, finished.get()).flatMap(_ -> audit.append(
                                transaction, tenantId, runId, "run.reopened", actor, cause)));
    }
}
