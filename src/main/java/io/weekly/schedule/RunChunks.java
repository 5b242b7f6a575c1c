package io.weekly.schedule;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Utc;
import io.weekly.queue.JobQueue;
import io.weekly.queue.JobSignal;
import io.weekly.queue.Lane;
import io.weekly.queue.RunChunk;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** One chunk of a run: the reports of its next recipients and their jobs, by two statements, in one short transaction. */
@ApplicationScoped
class RunChunks {

    private static final int RECIPIENTS = 2000;

    private static final String RUN =
            """
            SELECT tenant_id, LOWER(HEX(id)) AS id, definition, period, revision, window_minutes, due, enqueued_to
            FROM run
            WHERE tenant_id = ? AND id = UNHEX(?) AND state = 'enqueuing'
            FOR UPDATE SKIP LOCKED""";
    private static final String UP_TO =
            """
            SELECT MAX(id) AS up_to
            FROM (SELECT id
                  FROM recipient
                  WHERE tenant_id = ? AND id > ?
                  ORDER BY id
                  LIMIT ?) chunk""";
    // Ids are UUIDv7: the time, then 72 bits out of a random seed and the recipient.
    private static final String REPORTS =
            """
            INSERT IGNORE INTO report (tenant_id, id, recipient_id, definition, period, revision, request, run_id, priority, formats,
                                       delivery, status, attempt, created_at)
            SELECT rc.tenant_id, UNHEX(CONCAT(?, '7', INSERT(SUBSTR(SHA2(CONCAT(?, rc.id), 256), 1, 18), 4, 0, '8'))), rc.id,
                   r.definition, r.period, r.revision, UNHEX(?), r.id, 'bulk', r.formats, r.delivery, 'queued', 0, ?
            FROM recipient rc
            JOIN run r ON r.tenant_id = rc.tenant_id AND r.id = UNHEX(?)
            WHERE rc.tenant_id = ? AND rc.id > ? AND rc.id <= ? AND rc.active AND rc.ended_at IS NULL
            ORDER BY rc.id""";
    private static final String MOVE_ON =
            """
            UPDATE run
            SET enqueued_to = ?, due = due + ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";
    private static final String COUNT =
            """
            INSERT INTO run_delta (tenant_id, run_id, status, delta)
            VALUES (?, UNHEX(?), 'queued', ?)""";
    private static final String CLOSE =
            """
            UPDATE run
            SET state = 'running'
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    private final Database database;
    private final JobQueue queue;
    private final JobSignal signal;
    private final AuditLog audit;
    private final Clock clock;

    RunChunks(Database database, JobQueue queue, JobSignal signal, AuditLog audit, Clock clock) {
        this.database = database;
        this.queue = queue;
        this.signal = signal;
        this.audit = audit;
        this.clock = clock;
    }

    /** Enqueues the next chunk, or closes the cursor after the last; false when there is nothing more to do here. */
    Uni<Boolean> next(int tenantId, String runId) {
        return database.transaction(transaction -> transaction
                        .preparedQuery(RUN)
                        .execute(Tuple.of(tenantId, runId))
                        .flatMap(rows -> rows.size() == 0
                                // Closed already, or another replica is at it.
                                ? Uni.createFrom().item(false)
                                : next(transaction, rows.iterator().next())))
                .invoke(more -> signal.ready(Lane.GENERATE));
    }

    private Uni<Boolean> next(SqlClient transaction, Row run) {
        return transaction
                .preparedQuery(UP_TO)
                .execute(Tuple.of(run.getInteger("tenant_id"), run.getLong("enqueued_to"), RECIPIENTS))
                .flatMap(rows -> {
                    var upTo = rows.iterator().next().getLong("up_to");
                    return upTo == null
                            ? close(transaction, run).replaceWith(false)
                            : enqueue(transaction, run, upTo).replaceWith(true);
                });
    }

    private Uni<Void> enqueue(SqlClient transaction, Row run, long upTo) {
        var now = clock.instant();
        var tenantId = run.getInteger("tenant_id");
        var runId = run.getString("id");
        var after = run.getLong("enqueued_to");
        var recipients = Tuple.from(new Object[] {
            Ids.time(clock), Ids.next(clock), Ids.NONE, Utc.column(now), runId, tenantId, after, upTo
        });
        return transaction.preparedQuery(REPORTS).execute(recipients).flatMap(inserted -> {
            var reports = inserted.rowCount();
            var chunk = new RunChunk(
                    tenantId,
                    runId,
                    run.getString("definition"),
                    run.getString("period"),
                    run.getInteger("revision"),
                    run.getInteger("window_minutes"),
                    reports,
                    after,
                    upTo);
            return queue.enqueue(transaction, chunk)
                    .flatMap(done -> transaction.preparedQuery(MOVE_ON).execute(Tuple.of(upTo, reports, tenantId, runId)))
                    .flatMap(done -> reports == 0 ? Uni.createFrom().voidItem() : tell(transaction, run, now, reports));
        });
    }

    private Uni<Void> tell(SqlClient transaction, Row run, Instant now, int reports) {
        return transaction
                .preparedQuery(COUNT)
                .execute(Tuple.of(run.getInteger("tenant_id"), run.getString("id"), reports))
                .flatMap(counted -> audit.append(transaction, event(run, now, "run.reports-queued", Map.of("reports", reports))));
    }

    private Uni<Void> close(SqlClient transaction, Row run) {
        var now = clock.instant();
        var due = run.getInteger("due");
        return transaction
                .preparedQuery(CLOSE)
                .execute(Tuple.of(run.getInteger("tenant_id"), run.getString("id")))
                .flatMap(closed -> audit.append(transaction, event(run, now, "run.due-frozen", Map.of("due", due))));
    }

    private static AuditEvent event(Row run, Instant now, String action, Map<String, Object> detail) {
        return new AuditEvent(
                run.getInteger("tenant_id"), now, AuditEvent.SERVICE, action, run.getString("id"), detail);
    }
}
