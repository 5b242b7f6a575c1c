package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.definition.Definition;
import io.weekly.definition.Definitions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Starts runs. A start inserts the row of the run, its cursor and, if there is a readiness query, its wait. {@link RunEnqueuer} then queues
 * the reports in chunks.
 */
@ApplicationScoped
public class RunStart {

    private static final int MAX_TRIES = 10;

    private final Database database;
    private final RunTransitions transitions;
    private final RunCursors cursors;
    private final RunWaits waits;
    private final Definitions definitions;
    private final RunEnqueuer enqueuer;
    private final RunAudit audit;

    RunStart(
            Database database,
            RunTransitions transitions,
            RunCursors cursors,
            RunWaits waits,
            Definitions definitions,
            RunEnqueuer enqueuer,
            RunAudit audit) {
        this.database = database;
        this.transitions = transitions;
        this.cursors = cursors;
        this.waits = waits;
        this.definitions = definitions;
        this.enqueuer = enqueuer;
        this.audit = audit;
    }

    /**
     * Starts a run by hand. Idempotent: if the period has runs already, returns the id of the latest one. Otherwise starts one and returns
     * its id. A run that was started before the week was over does not count for an order after that.
     */
    public Uni<String> byHand(RunOrder order) {
        return database.transaction(transaction -> earlierRuns(transaction, order).flatMap(earlier -> earlier.stream()
                        .filter(run -> order.unfinished() || !run.unfinished())
                        .findFirst()
                        .map(run -> Uni.createFrom().item(Optional.of(run.id())))
                        .orElseGet(() -> insert(transaction, order, nextRevision(earlier)))))
                // A concurrent request inserted its run first: the next try finds that run.
                .flatMap(id -> id.isPresent() ? Uni.createFrom().item(id.get()) : byHand(order))
                .invoke(_ -> database.afterCommit(enqueuer::wake));
    }

    /** Starts a run by hand for corrected data: always a new run with the next revision of the period. Returns its id. */
    public Uni<String> nextRevision(RunOrder order) {
        return nextRevision(order, MAX_TRIES).invoke(_ -> database.afterCommit(enqueuer::wake));
    }

    private Uni<String> nextRevision(RunOrder order, int tries) {
        return database.transaction(transaction -> earlierRuns(transaction, order)
                        .flatMap(earlier -> insert(transaction, order, nextRevision(earlier))))
                .flatMap(id -> id.isPresent()
                        ? Uni.createFrom().item(id.get())
                        : tries > 1
                                ? nextRevision(order, tries - 1)
                                : Uni.createFrom().failure(new IllegalStateException(
                                        "no free revision of %s %s after %d tries: other requests start runs at the same time"
                                                .formatted(order.definition(), order.period(), MAX_TRIES))));
    }

    /**
     * Starts a run for a schedule, in the transaction that moves the schedule to its next occurrence. The run gets the next revision of the
     * period. {@link AlreadySent} decides which recipients get a report of it.
     *
     * @return the id of the run
     */
    public Uni<String> scheduled(SqlClient transaction, RunOrder order) {
        return earlierRuns(transaction, order)
                .flatMap(earlier -> insert(transaction, order, nextRevision(earlier)))
                // The lock of the tenant lets no other start take the revision.
                .map(Optional::orElseThrow);
    }

    // Each start of a run locks the row of the tenant. So of two concurrent starts, the second one sees the run of the first.
    private static final String LOCK_TENANT =
            """
            SELECT id
            FROM tenant
            WHERE id = ?
            FOR UPDATE""";
    private static final String EARLIER =
            """
            SELECT LOWER(HEX(id)) AS id, revision, unfinished <> 0 AS unfinished
            FROM run
            WHERE tenant_id = ? AND definition = ? AND period = ?
            ORDER BY revision DESC, id""";

    /** The runs of the period, the latest revision first. */
    private static Uni<List<EarlierRun>> earlierRuns(SqlClient transaction, RunOrder order) {
        return transaction
                .preparedQuery(LOCK_TENANT)
                .execute(Tuple.of(order.tenantId()))
                .flatMap(_ -> transaction
                        .preparedQuery(EARLIER)
                        .execute(Tuple.of(order.tenantId(), order.definition(), order.period().toString())))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(EarlierRun::of).toList());
    }

    private record EarlierRun(String id, int revision, boolean unfinished) {
        static EarlierRun of(Row row) {
            return new EarlierRun(row.getString("id"), row.getInteger("revision"), row.getInteger("unfinished") != 0);
        }
    }

    private static int nextRevision(List<EarlierRun> earlier) {
        return earlier.isEmpty() ? 1 : earlier.getFirst().revision() + 1;
    }

    private Uni<Optional<String>> insert(SqlClient transaction, RunOrder order, int revision) {
        var readiness = definitions.find(order.definition()).flatMap(Definition::readiness);
        return transitions.insert(transaction, order, revision, readiness.isPresent()).call(id -> id.isEmpty()
                ? Uni.createFrom().voidItem()
                : cursors.open(transaction, order.tenantId(), id.get())
                        .flatMap(_ -> readiness.map(query -> waits.add(transaction, order.tenantId(), id.get(), query))
                                .orElseGet(() -> Uni.createFrom().voidItem()))
                        .flatMap(_ -> audit.append(
                                transaction, order.tenantId(), id.get(), "run.started", order.actor(), detail(order, revision))));
    }

    private static Map<String, Object> detail(RunOrder order, int revision) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("definition", order.definition());
        detail.put("period", order.period().toString());
        detail.put("revision", revision);
        detail.put("trigger", order.triggeredBy());
        if (!order.scheduleId().equals(Ids.NONE)) {
            detail.put("schedule", order.scheduleId());
        }
        return detail;
    }
}
