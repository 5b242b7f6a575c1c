package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/**
 * Ends the enqueuing of a run when all its reports are queued. The number of due reports is final then, and the run becomes waiting, held
 * or running.
 */
@ApplicationScoped
class EnqueuingEnd {

    private final RunTransitions transitions;
    private final RunWaits waits;
    private final HeldRuns heldRuns;
    private final NothingDue nothingDue;
    private final RunAudit audit;

    EnqueuingEnd(RunTransitions transitions, RunWaits waits, HeldRuns heldRuns, NothingDue nothingDue, RunAudit audit) {
        this.transitions = transitions;
        this.waits = waits;
        this.heldRuns = heldRuns;
        this.nothingDue = nothingDue;
        this.audit = audit;
    }

    /** Ends the enqueuing. The caller holds the run and has closed its last cursor. */
    Uni<Void> end(SqlClient transaction, LockedRun run) {
        var next = next(run);
        return nothingDue.reason(transaction, run)
                .call(reason -> transitions.endEnqueuing(transaction, run, next, reason))
                .flatMap(reason -> audit.append(transaction, run.tenantId(), run.id(), "run.due-frozen", detail(run, reason)))
                .flatMap(_ -> switch (next) {
                    case WAITING -> startWaiting(transaction, run);
                    case HELD -> heldRuns.sendCanaries(transaction, run);
                    default -> run.waits() ? waits.end(transaction, run.tenantId(), run.id()) : Uni.createFrom().voidItem();
                });
    }

    private static Map<String, Object> detail(LockedRun run, Optional<String> reason) {
        return reason.<Map<String, Object>>map(text -> Map.of("due", run.due(), "reason", text)).orElseGet(() -> Map.of("due", run.due()));
    }

    /** A run without reports neither waits for data nor for an approval. */
    private static RunState next(LockedRun run) {
        if (run.due() == 0) {
            return RunState.RUNNING;
        }
        if (run.waits()) {
            return RunState.WAITING;
        }
        return run.approval() == Approval.CANARY ? RunState.HELD : RunState.RUNNING;
    }

    private Uni<Void> startWaiting(SqlClient transaction, LockedRun run) {
        return waits.until(transaction, run)
                .flatMap(until -> audit.append(
                        transaction, run.tenantId(), run.id(), "run.waiting-for-data", Map.of("until", until.toString())));
    }
}
