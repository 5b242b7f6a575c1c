package io.weekly.run;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.FailureIsolation;
import io.weekly.report.RunCounters;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Folds the counters of runs (adds the new changes to the stored sums), and ends the runs whose reports have all ended. */
@ApplicationScoped
class RunSweeper {

    private static final int BATCH = 2000;

    private final Database database;
    private final RunTransitions transitions;
    private final RunAudit audit;
    private final RunEvents events;

    RunSweeper(Database database, RunTransitions transitions, RunAudit audit, RunEvents events) {
        this.database = database;
        this.transitions = transitions;
        this.audit = audit;
        this.events = events;
    }

    @Scheduled(every = "${weekly.run.sweep-interval}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return database.transaction(transaction -> RunCounters.fold(transaction, BATCH))
                .flatMap(folded -> folded == BATCH ? sweep() : finishRuns());
    }

    // A run, cancelled or not, is over when as many of its reports have ended as were due. Generated is an end if nothing is delivered.
    // This query reads the folded counters of all open runs at once: a subquery for each run cost two to three times as much, every second,
    // with 10,000 open runs. Without the indexes MySQL reads all runs that ever existed, and all their counters.
    private static final String SEEM_OVER =
            """
            SELECT r.tenant_id, LOWER(HEX(r.id)) AS id
            FROM run r FORCE INDEX (run_open)
            LEFT JOIN run_count c FORCE INDEX (PRIMARY) ON c.run_id = r.id
              AND (c.status NOT IN ('queued', 'generated') OR c.status = 'generated' AND r.delivery = 'none')
            WHERE r.state IN ('running', 'cancelled') AND r.finished_at IS NULL
            GROUP BY r.tenant_id, r.id, r.due
            HAVING r.due = COALESCE(SUM(c.n), 0)
            LIMIT ?""";

    private Uni<Void> finishRuns() {
        return database.client()
                .preparedQuery(SEEM_OVER)
                .execute(Tuple.of(BATCH))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(run -> finish(run.getInteger("tenant_id"), run.getString("id")))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> finish(int tenantId, String runId) {
        var finished = database.transaction(transaction -> dueIfOver(transaction, tenantId, runId)
                        .call(due -> due.isEmpty() ? Uni.createFrom().voidItem() : finish(transaction, tenantId, runId, due.get())))
                .invoke(due -> due.ifPresent(reports -> events.finished(runId, reports)))
                .replaceWithVoid();
        // The next pass tries a failed run again.
        return FailureIsolation.isolate(finished, failure -> events.runNotFinished(runId, failure));
    }

    // A transaction that retries a report of the run holds this lock until its changes of the counters are committed.
    private static final String LOCK =
            """
            SELECT id
            FROM run
            WHERE tenant_id = ? AND id = UNHEX(?)
            FOR UPDATE""";
    // Also counts the changes that are not folded yet, so that a report that is tried again counts as open at once. A run with an open
    // cursor may still get reports.
    private static final String OVER =
            """
            SELECT r.due
            FROM run r
            WHERE r.tenant_id = ? AND r.id = UNHEX(?) AND r.state IN ('running', 'cancelled') AND r.finished_at IS NULL
              AND (r.state = 'running' AND NOT r.held_jobs
                   OR NOT EXISTS (SELECT 1 FROM run_cursor open WHERE open.tenant_id = r.tenant_id AND open.run_id = r.id))
              AND r.due = (SELECT COALESCE(SUM(c.n), 0)
                           FROM run_count c
                           WHERE c.run_id = r.id
                             AND (c.status NOT IN ('queued', 'generated') OR c.status = 'generated' AND r.delivery = 'none'))
                        + (SELECT COALESCE(SUM(d.delta), 0)
                           FROM run_delta d
                           WHERE d.run_id = r.id
                             AND (d.status NOT IN ('queued', 'generated') OR d.status = 'generated' AND r.delivery = 'none'))""";

    /** Locks the run, and returns how many reports were due if it really is over. */
    private static Uni<Optional<Integer>> dueIfOver(SqlClient transaction, int tenantId, String runId) {
        return transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(tenantId, runId))
                .flatMap(_ -> transaction.preparedQuery(OVER).execute(Tuple.of(tenantId, runId)))
                .map(over -> StreamSupport.stream(over.spliterator(), false).map(run -> run.getInteger("due")).findFirst());
    }

    private Uni<Void> finish(SqlClient transaction, int tenantId, String runId, int due) {
        return transitions.finish(transaction, tenantId, runId)
                .flatMap(_ -> audit.append(transaction, tenantId, runId, "run.finished", Map.of("due", due)));
    }
}
