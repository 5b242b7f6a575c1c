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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One chunk of a run, in one short transaction: the reports of its next recipients and their jobs, by two statements; or, of a held run
 * that was approved, the jobs of its next recipients.
 */
@ApplicationScoped
class RunChunks {

    private static final int RECIPIENTS = 2000;

    private static final String RUN =
            """
            SELECT tenant_id, LOWER(HEX(id)) AS id, definition, period, revision, window_minutes, audience, owner,
                   held_jobs <> 0 AS held, formats, state, due, enqueued_to
            FROM run
            WHERE tenant_id = ? AND id = UNHEX(?) AND (state = 'enqueuing' OR state = 'running' AND held_jobs)
            FOR UPDATE SKIP LOCKED""";
    private static final String UP_TO =
            """
            SELECT MAX(id) AS up_to
            FROM (SELECT id
                  FROM recipient
                  WHERE tenant_id = ? AND id > ?
                  ORDER BY id
                  LIMIT ?) chunk""";
    // Ids are UUIDv7: the time, then the recipient's number as the counter that RFC 9562 (6.2, method 1) allows, so that a chunk's rows
    // come in the order of their keys, then 60 bits out of a random seed and the recipient.
    private static final String REPORTS =
            """
            INSERT IGNORE INTO report (tenant_id, id, recipient_id, definition, period, revision, request, run_id, priority, formats,
                                       delivery, status, attempt, created_at)
            SELECT rc.tenant_id, UNHEX(CONCAT(?, '7', LPAD(HEX(rc.id %% 4096), 3, '0'), '8', SUBSTR(SHA2(CONCAT(?, rc.id), 256), 1, 15))), rc.id,
                   r.definition, r.period, r.revision, UNHEX(?), r.id, 'bulk', r.formats, r.delivery, 'queued', 0, ?
            FROM recipient rc
            JOIN run r ON r.tenant_id = rc.tenant_id AND r.id = UNHEX(?)
            WHERE rc.tenant_id = ? AND rc.id > ? AND rc.id <= ? AND rc.active AND rc.ended_at IS NULL%s
            ORDER BY rc.id""";
    private static final String HAS_TAG = "JSON_CONTAINS(rc.tags, JSON_QUOTE(?))";
    private static final String MOVE_ON =
            """
            UPDATE run
            SET enqueued_to = ?, due = due + ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";
    private static final String COUNT =
            """
            INSERT INTO run_delta (tenant_id, run_id, status, delta)
            VALUES (?, UNHEX(?), 'queued', ?)""";
    // While it is held nobody expects anything of it: its time begins when it is approved.
    private static final String CLOSE =
            """
            UPDATE run
            SET state = ?, deadline_at = IF(?, NULL, deadline_at)
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    private final Database database;
    private final JobQueue queue;
    private final JobSignal signal;
    private final HeldRuns heldRuns;
    private final AuditLog audit;
    private final Clock clock;

    RunChunks(Database database, JobQueue queue, JobSignal signal, HeldRuns heldRuns, AuditLog audit, Clock clock) {
        this.database = database;
        this.queue = queue;
        this.signal = signal;
        this.heldRuns = heldRuns;
        this.audit = audit;
        this.clock = clock;
    }

    /** Enqueues the next chunk or lets it go, or closes the cursor after the last; false when there is nothing more to do here. */
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
                    var approved = run.getString("state").equals(RunState.RUNNING.text());
                    if (upTo == null) {
                        return (approved ? heldRuns.allGone(transaction, run) : close(transaction, run)).replaceWith(false);
                    }
                    return (approved ? heldRuns.letGo(transaction, run, upTo) : enqueue(transaction, run, upTo)).replaceWith(true);
                });
    }

    private Uni<Void> enqueue(SqlClient transaction, Row run, long upTo) {
        var now = clock.instant();
        var tenantId = run.getInteger("tenant_id");
        var runId = run.getString("id");
        var after = run.getLong("enqueued_to");
        var tags = Optional.ofNullable(Audience.of(run.getString("audience"))).map(Audience::tags).orElse(List.of());
        var recipients = new ArrayList<Object>(
                List.of(Ids.time(clock), Ids.next(clock), Ids.NONE, Utc.column(now), runId, tenantId, after, upTo));
        recipients.addAll(tags);
        return transaction.preparedQuery(REPORTS.formatted(oneOf(tags))).execute(Tuple.from(recipients)).flatMap(inserted -> {
            var reports = inserted.rowCount();
            var chunk = new RunChunk(
                    tenantId,
                    runId,
                    run.getString("definition"),
                    run.getString("period"),
                    run.getInteger("revision"),
                    run.getInteger("window_minutes"),
                    run.getInteger("held") != 0,
                    reports,
                    after,
                    upTo);
            return queue.enqueue(transaction, chunk)
                    .flatMap(done -> transaction.preparedQuery(MOVE_ON).execute(Tuple.of(upTo, reports, tenantId, runId)))
                    .flatMap(done -> reports == 0 ? Uni.createFrom().voidItem() : tell(transaction, run, now, reports));
        });
    }

    private static String oneOf(List<String> tags) {
        return tags.isEmpty() ? "" : " AND (" + String.join(" OR ", Collections.nCopies(tags.size(), HAS_TAG)) + ")";
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
        // Where there is nothing to look at nobody need approve.
        var held = run.getInteger("held") != 0 && due > 0;
        return transaction
                .preparedQuery(CLOSE)
                .execute(Tuple.of((held ? RunState.HELD : RunState.RUNNING).text(), held, run.getInteger("tenant_id"), run.getString("id")))
                .flatMap(closed -> audit.append(transaction, event(run, now, "run.due-frozen", Map.of("due", due))))
                .flatMap(told -> held ? heldRuns.sendCanaries(transaction, run) : Uni.createFrom().voidItem());
    }

    private static AuditEvent event(Row run, Instant now, String action, Map<String, Object> detail) {
        return new AuditEvent(
                run.getInteger("tenant_id"), now, AuditEvent.SERVICE, action, run.getString("id"), detail);
    }
}
