package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Utc;
import io.weekly.queue.JobQueue;
import io.weekly.queue.JobSignal;
import io.weekly.queue.Lane;
import io.weekly.queue.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports on demand: one report, now, ahead of bulk work. */
@ApplicationScoped
public class ReportRequests {

    // Its revision is that of the data which the period's latest run had.
    private static final String INSERT =
            """
            INSERT INTO report (tenant_id, id, recipient_id, definition, period, revision, request, run_id, priority, formats, delivery,
                                status, attempt, created_at)
            SELECT rc.tenant_id, UNHEX(?), rc.id, ?, ?,
                   COALESCE((SELECT MAX(revision) FROM run WHERE tenant_id = rc.tenant_id AND definition = ? AND period = ?), 1),
                   UNHEX(?), NULL, 'on-demand', ?, ?, 'queued', 0, ?
            FROM recipient rc
            WHERE rc.tenant_id = ? AND rc.user_id = ? AND rc.ended_at IS NULL""";

    private final Database database;
    private final JobQueue queue;
    private final JobSignal signal;
    private final AuditLog audit;
    private final Clock clock;

    ReportRequests(Database database, JobQueue queue, JobSignal signal, AuditLog audit, Clock clock) {
        this.database = database;
        this.queue = queue;
        this.signal = signal;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Enqueues one report.
     *
     * @param period an ISO week, {@code 2026-W47}
     * @return its id; empty where the tenant has no such recipient
     */
    public Uni<Optional<String>> request(
            int tenantId, String actor, String definition, String period, String userId, List<String> formats, DeliveryMode delivery) {
        var now = clock.instant();
        var id = Ids.next(clock);
        var row = Tuple.from(new Object[] {
            id, definition, period, definition, period, id, String.join(",", formats), delivery.text(), Utc.column(now), tenantId, userId
        });
        var event = new AuditEvent(
                tenantId,
                now,
                actor,
                "report.requested",
                id,
                Map.of("definition", definition, "period", period, "recipient", userId, "delivery", delivery));
        return database.transaction(transaction -> transaction
                        .preparedQuery(INSERT)
                        .execute(row)
                        .flatMap(inserted -> inserted.rowCount() == 0
                                ? Uni.createFrom().item(Optional.<String>empty())
                                : queue.enqueue(transaction, Lane.GENERATE, Priority.ON_DEMAND, tenantId, List.of(id))
                                        .flatMap(enqueued -> audit.append(transaction, event))
                                        .replaceWith(Optional.of(id))))
                .invoke(requested -> database.afterCommit(() -> signal.ready(Lane.GENERATE)));
    }
}
