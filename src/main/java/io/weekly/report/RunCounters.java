package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.MultiRowInsert;
import java.util.List;

/** The counters of runs: how many reports of a run have each status. Changes are inserted, because one row would be a bottleneck. */
public final class RunCounters {

    private static final String INSERT =
            """
            INSERT INTO run_delta (tenant_id, run_id, status, delta)
            VALUES %s""";
    private static final String ROW = "(?, UNHEX(?), ?, ?)";

    private RunCounters() {}

    /** Counts the changes, in the transaction that changes the reports. An empty list is fine. */
    static Uni<Void> add(SqlClient transaction, List<RunDelta> deltas) {
        var rows = deltas.stream()
                .map(delta -> Tuple.of(delta.tenantId(), delta.runId(), delta.status().text(), delta.delta()))
                .toList();
        return MultiRowInsert.insert(transaction, INSERT, ROW, rows);
    }
}
