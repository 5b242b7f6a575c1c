package io.weekly.run;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Batch;
import io.weekly.database.Database;
import io.weekly.database.Repeated;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** Folds the changes of runs' counters, and ends the runs that have nothing open any more. Nobody else does either. */
@ApplicationScoped
class RunSweeper {

    private static final Logger LOG = Logger.getLogger(RunSweeper.class);
    private static final int BATCH = 2000;

    private static final String OLDEST =
            """
            SELECT id, tenant_id, LOWER(HEX(run_id)) AS run_id, status, delta
            FROM run_delta
            ORDER BY id
            LIMIT ?
            FOR UPDATE SKIP LOCKED""";
    private static final String FOLD =
            """
            INSERT INTO run_count (run_id, status, tenant_id, n)
            VALUES (UNHEX(?), ?, ?, ?)
            ON DUPLICATE KEY UPDATE n = n + VALUES(n)""";
    // A run, cancelled or not, is over when as many of its reports have ended as were due; generated is an end where nothing is delivered.
    // First by what is folded, for all open runs in one go: subqueries for each cost two to three times as much, each second, where 10,000
    // are open. Left to itself MySQL reads all runs there ever were, and all their counters.
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
    // Then with what is not folded yet: a report that was given another try is open again at once. Behind an open cursor there may be more.
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
    // Whoever gives a report of the run another try holds it until that can be seen.
    private static final String HOLD =
            """
            SELECT id
            FROM run
            WHERE tenant_id = ? AND id = UNHEX(?)
            FOR UPDATE""";
    private static final String FINISH =
            """
            UPDATE run
            SET state = IF(state = 'running', 'finished', state), finished_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    RunSweeper(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    @Scheduled(every = "${weekly.run.sweep-interval}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return fold().flatMap(folded -> folded == BATCH ? sweep() : finishRuns());
    }

    private Uni<Integer> fold() {
        return database.transaction(transaction -> transaction
                .preparedQuery(OLDEST)
                .execute(Tuple.of(BATCH))
                .flatMap(rows -> {
                    var ids = new ArrayList<Object>();
                    // Sorted, so that two sweepers never wait for each other in a circle.
                    Map<Counter, Integer> sums = new TreeMap<>();
                    rows.forEach(row -> {
                        ids.add(row.getLong("id"));
                        sums.merge(
                                new Counter(row.getString("run_id"), row.getString("status"), row.getInteger("tenant_id")),
                                row.getInteger("delta"),
                                Integer::sum);
                    });
                    return ids.isEmpty()
                            ? Uni.createFrom().item(0)
                            : fold(transaction, sums, ids).replaceWith(ids.size());
                }));
    }

    private static Uni<Void> fold(SqlClient transaction, Map<Counter, Integer> sums, List<Object> ids) {
        var rows = new ArrayList<Tuple>();
        sums.forEach((counter, sum) -> rows.add(Tuple.of(counter.runId(), counter.status(), counter.tenantId(), sum)));
        var delete = "DELETE FROM run_delta WHERE id IN (" + Repeated.of("?", ids.size()) + ")";
        return Batch.execute(transaction, FOLD, rows)
                .flatMap(folded -> transaction.preparedQuery(delete).execute(Tuple.from(ids)))
                .replaceWithVoid();
    }

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
        return database.transaction(transaction -> transaction
                        .preparedQuery(HOLD)
                        .execute(Tuple.of(tenantId, runId))
                        .flatMap(held -> transaction.preparedQuery(OVER).execute(Tuple.of(tenantId, runId)))
                        .map(over -> StreamSupport.stream(over.spliterator(), false).map(run -> run.getInteger("due")).findFirst())
                        .call(due -> due.isEmpty() ? Uni.createFrom().voidItem() : finish(transaction, tenantId, runId, due.get())))
                .invoke(due -> due.ifPresent(reports -> LOG.infof("run %s has finished: %d reports were due", runId, reports)))
                .replaceWithVoid();
    }

    private Uni<Void> finish(SqlClient transaction, int tenantId, String runId, int due) {
        var now = clock.instant();
        var event = new AuditEvent(tenantId, now, AuditEvent.SERVICE, "run.finished", runId, Map.of("due", due));
        return transaction
                .preparedQuery(FINISH)
                .execute(Tuple.of(Utc.column(now), tenantId, runId))
                .flatMap(finished -> audit.append(transaction, event));
    }

    private record Counter(String runId, String status, int tenantId) implements Comparable<Counter> {
        @Override
        public int compareTo(Counter other) {
            var byRun = runId.compareTo(other.runId);
            return byRun != 0 ? byRun : status.compareTo(other.status);
        }
    }
}
