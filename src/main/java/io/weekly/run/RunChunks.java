package io.weekly.run;

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
import io.weekly.run.RunCursors.RunCursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * One chunk of a run, in one short transaction: the reports of its next recipients and their jobs, each by one statement; or, of a held run
 * that was approved, the jobs of its next recipients.
 */
@ApplicationScoped
class RunChunks {

    private static final int RECIPIENTS = 2000;

    private static final String RUN =
            """
            SELECT tenant_id, LOWER(HEX(id)) AS id, definition, period, revision, window_minutes, audience, owner,
                   held_jobs <> 0 AS held, approval, formats, state, due,
                   EXISTS (SELECT 1 FROM run_wait w WHERE w.tenant_id = run.tenant_id AND w.run_id = run.id) AS waits
            FROM run
            WHERE tenant_id = ? AND id = UNHEX(?) AND (state = 'enqueuing' OR state = 'running' AND held_jobs)""";
    private static final String UP_TO =
            """
            SELECT MAX(id) AS up_to
            FROM (SELECT id
                  FROM recipient
                  WHERE tenant_id = ? AND id > ? AND id <= ?
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
    // Here and not before: until it ends the transaction keeps others from the run.
    private static final String GROW =
            """
            UPDATE run
            SET due = due + ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";
    private static final String COUNT =
            """
            INSERT INTO run_delta (tenant_id, run_id, status, delta)
            VALUES (?, UNHEX(?), 'queued', ?)""";
    // While it is held nobody expects anything of it: its time begins when it is approved.
    private static final String END =
            """
            UPDATE run
            SET state = ?, deadline_at = IF(?, NULL, deadline_at), held_at = IF(?, ?, NULL)
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    private final Database database;
    private final RunCursors cursors;
    private final JobQueue queue;
    private final JobSignal signal;
    private final HeldRuns heldRuns;
    private final WaitingRuns waitingRuns;
    private final AuditLog audit;
    private final Clock clock;

    RunChunks(
            Database database, RunCursors cursors, JobQueue queue, JobSignal signal, HeldRuns heldRuns, WaitingRuns waitingRuns,
            AuditLog audit, Clock clock) {
        this.database = database;
        this.cursors = cursors;
        this.queue = queue;
        this.signal = signal;
        this.heldRuns = heldRuns;
        this.waitingRuns = waitingRuns;
        this.audit = audit;
        this.clock = clock;
    }

    /** Enqueues the next chunk or lets it go, or closes a cursor after its last; false when there is nothing more to do here. */
    Uni<Boolean> next(int tenantId, String runId) {
        return database.transaction(transaction -> cursors.take(transaction, tenantId, runId)
                        .flatMap(cursor -> cursor.isEmpty()
                                // All are closed, or others are at them.
                                ? Uni.createFrom().item(false)
                                : next(transaction, cursor.get())))
                .invoke(more -> signal.ready(Lane.GENERATE));
    }

    private Uni<Boolean> next(SqlClient transaction, RunCursor cursor) {
        return find(transaction, cursor, RUN).flatMap(run -> run.isEmpty()
                // Cancelled meanwhile: its cursors are RunCanceller's. A chunk that is under way then is taken away by it, too.
                ? Uni.createFrom().item(false)
                : next(transaction, cursor, run.get()));
    }

    private static Uni<Optional<Row>> find(SqlClient transaction, RunCursor cursor, String sql) {
        return transaction
                .preparedQuery(sql)
                .execute(Tuple.of(cursor.tenantId(), cursor.runId()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).findFirst());
    }

    private Uni<Boolean> next(SqlClient transaction, RunCursor cursor, Row run) {
        return transaction
                .preparedQuery(UP_TO)
                .execute(Tuple.of(cursor.tenantId(), cursor.after(), cursor.upTo(), RECIPIENTS))
                .flatMap(rows -> {
                    var upTo = rows.iterator().next().getLong("up_to");
                    if (upTo == null) {
                        return close(transaction, cursor);
                    }
                    var chunk = isApproved(run)
                            ? heldRuns.letGo(transaction, run, cursor.after(), upTo)
                            : enqueue(transaction, run, cursor.after(), upTo);
                    return cursors.moveOn(transaction, cursor, upTo, RECIPIENTS).flatMap(moved -> chunk).replaceWith(true);
                });
    }

    private static boolean isApproved(Row run) {
        return run.getString("state").equals(RunState.RUNNING.text());
    }

    private Uni<Void> enqueue(SqlClient transaction, Row run, long after, long upTo) {
        var now = clock.instant();
        var tenantId = run.getInteger("tenant_id");
        var runId = run.getString("id");
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
            return reports == 0
                    ? Uni.createFrom().voidItem()
                    : queue.enqueue(transaction, chunk).flatMap(done -> tell(transaction, run, now, reports));
        });
    }

    private static String oneOf(List<String> tags) {
        return tags.isEmpty() ? "" : " AND (" + String.join(" OR ", Collections.nCopies(tags.size(), HAS_TAG)) + ")";
    }

    private Uni<Void> tell(SqlClient transaction, Row run, Instant now, int reports) {
        var tenantId = run.getInteger("tenant_id");
        var runId = run.getString("id");
        return transaction
                .preparedQuery(COUNT)
                .execute(Tuple.of(tenantId, runId, reports))
                .flatMap(counted -> audit.append(transaction, event(run, now, "run.reports-queued", Map.of("reports", reports))))
                .flatMap(told -> transaction.preparedQuery(GROW).execute(Tuple.of(reports, tenantId, runId)))
                .replaceWithVoid();
    }

    /** There is nothing left behind this one; behind the run's last one, there is nothing left to enqueue. */
    private Uni<Boolean> close(SqlClient transaction, RunCursor cursor) {
        return cursors.close(transaction, cursor)
                .flatMap(closed -> find(transaction, cursor, RUN + "\nFOR UPDATE"))
                .flatMap(run -> run.isEmpty()
                        ? Uni.createFrom().item(false)
                        : cursors.anyLeft(transaction, cursor.tenantId(), cursor.runId())
                                .call(left -> left ? Uni.createFrom().voidItem() : end(transaction, run.get())));
    }

    private Uni<Void> end(SqlClient transaction, Row run) {
        if (isApproved(run)) {
            return heldRuns.allGone(transaction, run);
        }
        var now = clock.instant();
        var due = run.getInteger("due");
        var state = state(run);
        return transaction
                .preparedQuery(END)
                .execute(Tuple.of(
                        state.text(), state != RunState.RUNNING, state == RunState.HELD, Utc.column(now), run.getInteger("tenant_id"),
                        run.getString("id")))
                .flatMap(ended -> audit.append(transaction, event(run, now, "run.due-frozen", Map.of("due", due))))
                .flatMap(told -> switch (state) {
                    case WAITING -> waitingRuns.begin(transaction, run);
                    case HELD -> heldRuns.sendCanaries(transaction, run);
                    default -> run.getInteger("waits") != 0
                            ? waitingRuns.over(transaction, run.getInteger("tenant_id"), run.getString("id"))
                            : Uni.createFrom().voidItem();
                });
    }

    /** Where there is nothing to look at nobody need approve, and nothing need be there. */
    private static RunState state(Row run) {
        if (run.getInteger("due") == 0) {
            return RunState.RUNNING;
        }
        if (run.getInteger("waits") != 0) {
            return RunState.WAITING;
        }
        return run.getString("approval").equals("canary") ? RunState.HELD : RunState.RUNNING;
    }

    private static AuditEvent event(Row run, Instant now, String action, Map<String, Object> detail) {
        return new AuditEvent(
                run.getInteger("tenant_id"), now, AuditEvent.SERVICE, action, run.getString("id"), detail);
    }
}
