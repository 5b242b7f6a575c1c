package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Utc;
import io.weekly.database.Where;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** What somebody decides about a run that has begun: that it goes on, or that it does not. */
@ApplicationScoped
public class RunDecisions {

    private static final Set<RunState> APPROVABLE = Set.of(RunState.HELD, RunState.WAITING);
    private static final Set<RunState> CANCELLABLE =
            Set.of(RunState.ENQUEUING, RunState.WAITING, RunState.HELD, RunState.RUNNING);

    private static final String LOCK =
            """
            SELECT r.tenant_id, LOWER(HEX(r.id)) AS id, r.state, r.window_minutes
            FROM run r
            """;
    private static final String CANCEL =
            """
            UPDATE run
            SET state = 'cancelled', deadline_at = COALESCE(deadline_at, ?)
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    private final Database database;
    private final HeldRuns heldRuns;
    private final WaitingRuns waitingRuns;
    private final RunEnqueuer enqueuer;
    private final RunCanceller canceller;
    private final Deadline deadline;
    private final AuditLog audit;
    private final Clock clock;

    RunDecisions(
            Database database,
            HeldRuns heldRuns,
            WaitingRuns waitingRuns,
            RunEnqueuer enqueuer,
            RunCanceller canceller,
            Deadline deadline,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.heldRuns = heldRuns;
        this.waitingRuns = waitingRuns;
        this.enqueuer = enqueuer;
        this.canceller = canceller;
        this.deadline = deadline;
        this.audit = audit;
        this.clock = clock;
    }

    /** What became of a decision. */
    public sealed interface Decided {
        /** It holds. */
        record Done() implements Decided {}

        /** The run is in a state in which there is nothing to decide. */
        record NotAllowed(RunState state) implements Decided {}
    }

    /** A run that is held goes on, also one that waits for its data, as they are. Empty where the scope has no such run. */
    public Uni<Optional<Decided>> approve(Scope scope, String id, String actor) {
        return decide(scope, id, APPROVABLE, (transaction, run) -> heldRuns.goOn(transaction, run)
                        .flatMap(changed -> tell(transaction, run, "run.approved", actor, Map.of("was", run.getString("state")))))
                .invoke(decided -> database.afterCommit(enqueuer::wake));
    }

    /**
     * What of a run has not started is cancelled; what has goes to its end. Empty where the scope has no such run.
     *
     * @param reason for the audit trail
     */
    public Uni<Optional<Decided>> cancel(Scope scope, String id, String actor, String reason) {
        return decide(scope, id, CANCELLABLE, (transaction, run) -> cancel(transaction, run)
                        .flatMap(changed -> tell(transaction, run, "run.cancelled", actor, Map.of("reason", reason))))
                .invoke(decided -> database.afterCommit(canceller::wake));
    }

    private Uni<Optional<Decided>> decide(
            Scope scope, String id, Set<RunState> allowed, BiFunction<SqlClient, Row, Uni<Void>> change) {
        if (!Ids.isId(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
        var where = scope.within(new Where().and("r.id = UNHEX(?)", id), "r");
        return database.transaction(transaction -> transaction
                .preparedQuery(LOCK + where.sql() + "\nFOR UPDATE")
                .execute(where.with())
                .flatMap(rows -> {
                    if (rows.size() == 0) {
                        return Uni.createFrom().item(Optional.empty());
                    }
                    var run = rows.iterator().next();
                    var state = RunState.of(run.getString("state"));
                    return allowed.contains(state)
                            ? change.apply(transaction, run)
                                    .flatMap(changed -> waitingRuns.over(transaction, run.getInteger("tenant_id"), run.getString("id")))
                                    .replaceWith(Optional.of(new Decided.Done()))
                            : Uni.createFrom().item(Optional.of(new Decided.NotAllowed(state)));
                }));
    }

    private Uni<Void> cancel(SqlClient transaction, Row run) {
        var judged = deadline.of(clock.instant(), run.getInteger("window_minutes"));
        return transaction
                .preparedQuery(CANCEL)
                .execute(Tuple.of(Utc.column(judged), run.getInteger("tenant_id"), run.getString("id")))
                .replaceWithVoid();
    }

    private Uni<Void> tell(SqlClient transaction, Row run, String action, String actor, Map<String, Object> detail) {
        return audit.append(transaction, new AuditEvent(
                run.getInteger("tenant_id"), clock.instant(), actor, action, run.getString("id"), detail));
    }
}
