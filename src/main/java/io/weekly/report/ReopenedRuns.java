package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;

/**
 * Runs that had finished and have something open again. They end as before, by the sweeper; one that was cancelled stays cancelled, and
 * where nothing is delivered a generated report is no open one.
 */
@ApplicationScoped
class ReopenedRuns {

    // Also a run that goes on is held: whoever is about to end it looks at its counts once more, after this transaction.
    private static final String HOLD =
            """
            SELECT state, delivery
            FROM run
            WHERE tenant_id = ? AND id = UNHEX(?)
            FOR UPDATE""";
    private static final String REOPEN =
            """
            UPDATE run
            SET state = 'running', finished_at = NULL
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    private final AuditLog audit;
    private final Clock clock;

    ReopenedRuns(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** A report that was at its end goes on, from this status. Nothing where it belongs to no run. */
    Uni<Void> reopen(SqlClient transaction, LockedReport report, ReportStatus from, String actor) {
        if (report.runId() == null) {
            return Uni.createFrom().voidItem();
        }
        var run = Tuple.of(report.tenantId(), report.runId());
        var event = new AuditEvent(
                report.tenantId(), clock.instant(), actor, "run.reopened", report.runId(), Map.of("report", report.id()));
        return transaction
                .preparedQuery(HOLD)
                .execute(run)
                .flatMap(rows -> rows.size() == 0 || !reopens(rows.iterator().next(), from)
                        ? Uni.createFrom().voidItem()
                        : transaction
                                .preparedQuery(REOPEN)
                                .execute(run)
                                .flatMap(reopened -> audit.append(transaction, event)));
    }

    private static boolean reopens(Row run, ReportStatus from) {
        var delivery = DeliveryMode.of(run.getString("delivery")).orElseThrow();
        return run.getString("state").equals("finished") && !from.isEnd(delivery);
    }
}
