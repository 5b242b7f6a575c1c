package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Approves and cancels runs. */
@ApplicationScoped
public class RunDecisions {

    private static final Set<RunState> APPROVABLE = Set.of(RunState.HELD, RunState.WAITING);
    private static final Set<RunState> CANCELLABLE =
            Set.of(RunState.ENQUEUING, RunState.WAITING, RunState.HELD, RunState.RUNNING);

    private final Database database;
    private final HeldRuns heldRuns;
    private final RunWaits waits;
    private final RunTransitions transitions;
    private final RunEnqueuer enqueuer;
    private final RunCanceller canceller;
    private final RunAudit audit;

    RunDecisions(
            Database database,
            HeldRuns heldRuns,
            RunWaits waits,
            RunTransitions transitions,
            RunEnqueuer enqueuer,
            RunCanceller canceller,
            RunAudit audit) {
        this.database = database;
        this.heldRuns = heldRuns;
        this.waits = waits;
        this.transitions = transitions;
        this.enqueuer = enqueuer;
        this.canceller = canceller;
        this.audit = audit;
    }

    /** The outcome of a decision. */
    public sealed interface Decided {
        /** The decision has taken effect. */
        record Done() implements Decided {}

        /** The state of the run does not allow the decision. */
        record NotAllowed(RunState state) implements Decided {}
    }

    /**
     * Releases a run that is held, or that waits for its data. A waiting run then uses the data as they are now. Empty if the scope sees no
     * such run.
     */
    public Uni<Optional<Decided>> approve(Scope scope, String id, String actor) {
        return decide(scope, id, APPROVABLE, (transaction, run) -> heldRuns.release(transaction, run)
                        .flatMap(_ -> audit.append(
                                transaction, run.tenantId(), run.id(), "run.approved", actor, Map.of("was", run.state().text()))))
                .invoke(_ -> database.afterCommit(enqueuer::wake));
    }

    /**
     * Cancels the reports of a run that have not started; those that have are completed. Empty if the scope sees no such run.
     *
     * @param reason for the audit trail
     */
    public Uni<Optional<Decided>> cancel(Scope scope, String id, String actor, String reason) {
        return decide(scope, id, CANCELLABLE, (transaction, run) -> transitions.cancel(transaction, run)
                        .flatMap(_ -> audit.append(
                                transaction, run.tenantId(), run.id(), "run.cancelled", actor, Map.of("reason", reason))))
                .invoke(_ -> database.afterCommit(canceller::wake));
    }

    private Uni<Optional<Decided>> decide(
            Scope scope, String id, Set<RunState> allowed, BiFunction<SqlClient, LockedRun, Uni<Void>> change) {
        if (!Ids.isId(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
        return database.transaction(transaction -> RunLocks.lock(transaction, scope, id).flatMap(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(Optional.empty());
            }
            var run = found.get();
            return allowed.contains(run.state())
                    ? change.apply(transaction, run)
                            .flatMap(_ -> waits.end(transaction, run.tenantId(), run.id()))
                            .replaceWith(Optional.of(new Decided.Done()))
                    : Uni.createFrom().item(Optional.of(new Decided.NotAllowed(run.state())));
        }));
    }
}
