package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import io.weekly.definition.ReadinessQuery;
import io.weekly.text.Ellipsis;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.StreamSupport;

/**
 * Runs whose data are not there yet. A row for each, from its start until the wait ends, one way or another: then it goes, under the lock
 * of the run, so that the wait ends once whoever answers, approves or cancels at the same time. When to ask and until when are told by
 * the database's clock, as a lease is.
 */
@ApplicationScoped
class WaitingRuns {

    private static final int LONGEST_FAULT = 1000;

    private static final String ADD =
            """
            INSERT INTO run_wait (tenant_id, run_id, wait_until, ask_at, asked)
            VALUES (?, UNHEX(?), NOW(6) + INTERVAL ? MICROSECOND, NOW(6), 0)""";
    private static final String OVER =
            """
            DELETE FROM run_wait
            WHERE tenant_id = ? AND run_id = UNHEX(?)""";
    private static final String UNTIL =
            """
            SELECT wait_until
            FROM run_wait
            WHERE tenant_id = ? AND run_id = UNHEX(?)""";
    private static final String TO_ASK =
            """
            SELECT STRAIGHT_JOIN w.tenant_id, LOWER(HEX(w.run_id)) AS id, r.definition, r.period, r.revision, w.wait_until,
                   w.wait_until <= NOW(6) AS wait_is_over, w.asked, w.fault, t.slug, t.name, t.zone,
                   IF(t.ended_at IS NULL, COALESCE(s.owner, r.owner), NULL) AS owner
            FROM run_wait w
            JOIN run r ON r.tenant_id = w.tenant_id AND r.id = w.run_id
            JOIN tenant t ON t.id = w.tenant_id
            LEFT JOIN schedule s ON s.tenant_id = r.tenant_id AND s.id = r.schedule_id
            WHERE w.ask_at <= NOW(6) AND r.state = 'waiting'
            ORDER BY w.ask_at
            LIMIT ?""";
    // The last question comes when the wait is over, however long the pauses are.
    private static final String TAKE =
            """
            UPDATE run_wait
            SET asked = asked + 1,
                ask_at = IF(wait_until > NOW(6), LEAST(wait_until, NOW(6) + INTERVAL ? MICROSECOND), NOW(6) + INTERVAL ? MICROSECOND)
            WHERE tenant_id = ? AND run_id = UNHEX(?) AND asked = ? AND ask_at <= NOW(6)""";
    private static final String ANSWERED =
            """
            UPDATE run_wait
            SET fault = ?
            WHERE tenant_id = ? AND run_id = UNHEX(?) AND NOT fault <=> ?""";
    private static final String LOCK =
            """
            SELECT tenant_id, LOWER(HEX(id)) AS id, definition, period, revision, window_minutes, approval, owner, formats
            FROM run
            WHERE tenant_id = ? AND id = UNHEX(?) AND state = 'waiting'
            FOR UPDATE""";
    private static final String HOLD =
            """
            UPDATE run
            SET state = 'held', held_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    private final Database database;
    private final HeldRuns heldRuns;
    private final OwnerMails mails;
    private final RunConfig config;
    private final AuditLog audit;
    private final Clock clock;

    WaitingRuns(Database database, HeldRuns heldRuns, OwnerMails mails, RunConfig config, AuditLog audit, Clock clock) {
        this.database = database;
        this.heldRuns = heldRuns;
        this.mails = mails;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
    }

    /** A run begins that will wait, in the transaction that makes it. Nobody asks before it has all its reports. */
    Uni<Void> add(SqlClient transaction, int tenantId, String runId, ReadinessQuery readiness) {
        return transaction.preparedQuery(ADD).execute(Tuple.of(tenantId, runId, micros(readiness.longest()))).replaceWithVoid();
    }

    /** It has all its reports, and waits. The caller holds the run. */
    Uni<Void> begin(SqlClient transaction, Row run) {
        return transaction
                .preparedQuery(UNTIL)
                .execute(Tuple.of(run.getInteger("tenant_id"), run.getString("id")))
                .map(rows -> Utc.instant(rows.iterator().next().getLocalDateTime("wait_until")))
                .flatMap(until -> tell(
                        transaction, run.getInteger("tenant_id"), run.getString("id"), "run.waiting-for-data",
                        Map.of("until", until.toString())));
    }

    /** It waits no more; nothing where it did not. The caller holds the run. */
    Uni<Void> over(SqlClient transaction, int tenantId, String runId) {
        return transaction.preparedQuery(OVER).execute(Tuple.of(tenantId, runId)).replaceWithVoid();
    }

    /** Those that are to be asked about now, who has waited longest first. */
    Uni<List<WaitingRun>> toAsk(int atMost) {
        return database.client()
                .preparedQuery(TO_ASK)
                .execute(Tuple.of(atMost))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(WaitingRun::of).toList());
    }

    /** Whether it is this process that asks; whoever dies with the answer is followed by another after the pause. */
    Uni<Boolean> take(WaitingRun run, Duration every) {
        return database.client()
                .preparedQuery(TAKE)
                .execute(Tuple.of(micros(every), micros(every), run.tenantId(), run.id(), run.asked()))
                .map(updated -> updated.rowCount() == 1);
    }

    /** The data are not there, and it waits on. */
    Uni<Void> notYet(WaitingRun run) {
        return database.client()
                .preparedQuery(ANSWERED)
                .execute(Tuple.of(null, run.tenantId(), run.id(), null))
                .replaceWithVoid();
    }

    /** There was no answer, and it waits on; true where the reason is news. */
    Uni<Boolean> noAnswer(WaitingRun run, String reason) {
        var fault = shortened(reason);
        return database.transaction(transaction -> transaction
                .preparedQuery(ANSWERED)
                .execute(Tuple.of(fault, run.tenantId(), run.id(), fault))
                .map(updated -> updated.rowCount() == 1)
                .call(news -> news
                        ? tell(transaction, run.tenantId(), run.id(), "run.readiness-unknown", Map.of("reason", fault))
                        : Uni.createFrom().voidItem()));
    }

    /** The data are there: it goes on, or its first few are shown to who has to approve it. False where somebody was first. */
    Uni<Boolean> ready(WaitingRun run) {
        return end(run, (transaction, row) -> tell(transaction, run.tenantId(), run.id(), "run.data-ready", Map.of("asked", run.asked() + 1))
                .flatMap(told -> row.getString("approval").equals("canary")
                        ? hold(transaction, run).flatMap(held -> heldRuns.sendCanaries(transaction, row))
                        : heldRuns.goOn(transaction, row)));
    }

    /**
     * The wait is over and the data are not there: somebody has to decide, and its owner is told, once. False where somebody was first.
     *
     * @param fault why the last question had no answer; null where it had one
     */
    Uni<Boolean> late(WaitingRun run, String fault) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("until", run.until().toString());
        detail.put("asked", run.asked() + 1);
        if (fault != null) {
            detail.put("reason", shortened(fault));
        }
        return end(run, (transaction, row) -> hold(transaction, run)
                .flatMap(held -> tell(transaction, run.tenantId(), run.id(), "run.data-late", detail))
                .flatMap(told -> run.owner() == null
                        ? Uni.createFrom().voidItem()
                        : mails.post(transaction, run.tenantId(), run.id(), run.owner(),
                                LateDataLetter.of(run, fault, config.approvalTimeout()))));
    }

    private Uni<Boolean> end(WaitingRun run, BiFunction<SqlClient, Row, Uni<Void>> how) {
        return database.transaction(transaction -> transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(run.tenantId(), run.id()))
                .flatMap(rows -> rows.size() == 0
                        ? Uni.createFrom().item(false)
                        : over(transaction, run.tenantId(), run.id())
                                .flatMap(over -> how.apply(transaction, rows.iterator().next()))
                                .replaceWith(true)));
    }

    private Uni<Void> hold(SqlClient transaction, WaitingRun run) {
        return transaction
                .preparedQuery(HOLD)
                .execute(Tuple.of(Utc.column(clock.instant()), run.tenantId(), run.id()))
                .replaceWithVoid();
    }

    private Uni<Void> tell(SqlClient transaction, int tenantId, String runId, String action, Map<String, Object> detail) {
        return audit.append(transaction, new AuditEvent(tenantId, clock.instant(), AuditEvent.SERVICE, action, runId, detail));
    }

    private static String shortened(String reason) {
        return Ellipsis.shorten(reason, LONGEST_FAULT);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
