package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Batch;
import io.weekly.database.Database;
import io.weekly.database.Repeated;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A chunk of a cancelled run: its jobs go, their reports are cancelled and counted, in one transaction. */
@ApplicationScoped
class CancelledJobs {

    private static final String LOCK =
            """
            SELECT id, lane, LOWER(HEX(report_id)) AS report_id
            FROM job
            WHERE id IN (%s) AND state IN ('ready', 'scheduled') AND NOT handing_over
            ORDER BY id
            FOR UPDATE SKIP LOCKED""";
    private static final String CANCEL =
            """
            UPDATE report
            SET status = 'cancelled', error = NULL, changes = changes + 1
            WHERE tenant_id = ? AND id IN (%s)""";
    private static final String DELETE =
            """
            DELETE FROM job
            WHERE id IN (%s)""";
    private static final String COUNT =
            """
            INSERT INTO run_delta (tenant_id, run_id, status, delta)
            VALUES (?, UNHEX(?), ?, ?)""";

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    CancelledJobs(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** Takes those of the jobs away that are still waiting. */
    Uni<Void> take(int tenantId, String runId, List<Long> jobs) {
        return database.transaction(transaction -> transaction
                .preparedQuery(LOCK.formatted(Repeated.of("?", jobs.size())))
                .execute(Tuple.from(jobs))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList())
                .flatMap(locked -> locked.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : cancel(transaction, tenantId, runId, locked)));
    }

    private Uni<Void> cancel(SqlClient transaction, int tenantId, String runId, List<Row> jobs) {
        var reports = new ArrayList<Object>(List.of(tenantId));
        jobs.forEach(job -> reports.add(job.getString("report_id")));
        var ids = jobs.stream().<Object>map(job -> job.getLong("id")).toList();
        // The lane tells the stored status: a deliver job is there from the moment when its report was generated.
        var generated = (int) jobs.stream().filter(job -> job.getString("lane").equals("deliver")).count();
        var event = new AuditEvent(
                tenantId, clock.instant(), AuditEvent.SERVICE, "run.reports-cancelled", runId, Map.of("reports", jobs.size()));
        return transaction
                .preparedQuery(CANCEL.formatted(Repeated.of("UNHEX(?)", jobs.size())))
                .execute(Tuple.from(reports))
                .flatMap(cancelled -> transaction.preparedQuery(DELETE.formatted(Repeated.of("?", ids.size()))).execute(Tuple.from(ids)))
                .flatMap(deleted -> Batch.execute(
                        transaction,
                        COUNT,
                        List.of(
                                Tuple.of(tenantId, runId, "queued", generated - jobs.size()),
                                Tuple.of(tenantId, runId, "generated", -generated),
                                Tuple.of(tenantId, runId, "cancelled", jobs.size()))))
                .flatMap(counted -> audit.append(transaction, event));
    }
}
