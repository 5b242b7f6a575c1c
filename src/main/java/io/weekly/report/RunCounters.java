package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Batch;
import io.weekly.database.MultiRowInsert;
import io.weekly.database.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counters of runs: how many reports of a run have each status. Each change of a report inserts a row into {@code run_delta}. It does
 * not update the counter itself, because then all workers of a run would wait for the same row. A timer adds the rows of {@code run_delta}
 * to {@code run_count} and deletes them (it <i>folds</i> them). So a counter is the sum of both tables. No other class writes to them.
 */
public final class RunCounters {

    private static final String INSERT =
            """
            INSERT INTO run_delta (tenant_id, run_id, status, delta)
            VALUES %s""";
    private static final String ROW = "(?, UNHEX(?), ?, ?)";

    private RunCounters() {}

    /** Counts the changes, in the transaction that changes the reports. An empty list is fine. */
    public static Uni<Void> add(SqlClient transaction, List<RunDelta> deltas) {
        var rows = deltas.stream()
                .map(delta -> Tuple.of(delta.tenantId(), delta.runId(), delta.status().text(), delta.delta()))
                .toList();
        return MultiRowInsert.insert(transaction, INSERT, ROW, rows);
    }

    private static final String OLDEST =
            """
            SELECT id, tenant_id, LOWER(HEX(run_id)) AS run_id, status, delta
            FROM run_delta
            ORDER BY id
            LIMIT ?
            FOR UPDATE SKIP LOCKED""";

    /** Folds the oldest changes, at most {@code max}, and returns how many. Changes that another process is folding are skipped. */
    public static Uni<Integer> fold(SqlClient transaction, int max) {
        return transaction
                .preparedQuery(OLDEST)
                .execute(Tuple.of(max))
                .flatMap(rows -> rows.size() == 0
                        ? Uni.createFrom().item(0)
                        : addSums(transaction, rows).flatMap(_ -> delete(transaction, rows)).replaceWith(rows.size()));
    }

    private static final String FOLD =
            """
            INSERT INTO run_count (run_id, status, tenant_id, n)
            VALUES (UNHEX(?), ?, ?, ?)
            ON DUPLICATE KEY UPDATE n = n + VALUES(n)""";

    private static Uni<Void> addSums(SqlClient transaction, RowSet<Row> deltas) {
        // In the order of the keys: two processes that fold at the same time cannot deadlock.
        Map<Counter, Integer> sums = new TreeMap<>();
        for (var row : deltas) {
            var counter = new Counter(row.getString("run_id"), row.getString("status"), row.getInteger("tenant_id"));
            sums.merge(counter, row.getInteger("delta"), Integer::sum);
        }
        var rows = new ArrayList<Tuple>();
        sums.forEach((counter, sum) -> rows.add(Tuple.of(counter.runId(), counter.status(), counter.tenantId(), sum)));
        return Batch.execute(transaction, FOLD, rows);
    }

    private static final String DELETE =
            """
            DELETE FROM run_delta
            WHERE id IN (%s)""";

    private static Uni<Void> delete(SqlClient transaction, RowSet<Row> deltas) {
        var ids = new ArrayList<Object>();
        deltas.forEach(row -> ids.add(row.getLong("id")));
        return transaction.preparedQuery(DELETE.formatted(Placeholders.of("?", ids.size()))).execute(Tuple.from(ids)).replaceWithVoid();
    }

    private record Counter(String runId, String status, int tenantId) implements Comparable<Counter> {
        @Override
        public int compareTo(Counter other) {
            var byRun = runId.compareTo(other.runId);
            return byRun != 0 ? byRun : status.compareTo(other.status);
        }
    }
}
