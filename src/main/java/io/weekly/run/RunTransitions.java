package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Ids;
import io.weekly.database.Placeholders;
import io.weekly.database.Utc;
import io.weekly.report.ReportFormat;
import io.weekly.tenant.Person;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Contains every statement that changes the table {@code run}; no other class writes to it. The description of this package has the table
 * of states. The callers decide whether a change is allowed. They hold the lock of the row ({@link RunLocks}) unless a method says
 * otherwise.
 */
@ApplicationScoped
class RunTransitions {

    private final Deadline deadline;
    private final Clock clock;

    RunTransitions(Deadline deadline, Clock clock) {
        this.deadline = deadline;
        this.clock = clock;
    }

    private static final String INSERT =
            """
            INSERT IGNORE INTO run (tenant_id, id, definition, period, revision, schedule_id, triggered_by, actor, state, formats, delivery,
                                    window_minutes, audience, approval, owner, held_jobs, due, started_at, deadline_at, unfinished)
            VALUES (?, UNHEX(?), ?, ?, ?, UNHEX(?), ?, ?, 'enqueuing', ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)""";

    /**
     * Inserts a run; no lock is needed.
     *
     * @param waits whether it has to wait for its data
     * @return its id; empty if the period has a run of this revision and schedule already
     */
    Uni<Optional<String>> insert(SqlClient transaction, RunOrder order, int revision, boolean waits) {
        var id = Ids.next(clock);
        var now = clock.instant();
        var row = Tuple.from(new Object[] {
            order.tenantId(),
            id,
            order.definition(),
            order.period().toString(),
            revision,
            order.scheduleId(),
            order.triggeredBy(),
            order.actor(),
            ReportFormat.column(order.formats()),
            order.delivery().text(),
            order.windowMinutes(),
            Audience.column(order.audience()),
            order.approval().text(),
            order.approver(),
            order.approval() == Approval.CANARY || waits,
            Utc.column(now),
            Utc.column(deadline.of(now, order.windowMinutes())),
            order.unfinished()
        });
        return transaction
                .preparedQuery(INSERT)
                .execute(row)
                .map(inserted -> inserted.rowCount() == 0 ? Optional.empty() : Optional.of(id));
    }

    private static final String GROW =
            """
            UPDATE run
            SET due = due + ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** More reports are due. Call it last in a transaction: until the transaction ends, it keeps other chunks of the run waiting. */
    Uni<Void> grow(SqlClient transaction, LockedRun run, int reports) {
        return transaction.preparedQuery(GROW).execute(Tuple.of(reports, run.tenantId(), run.id())).replaceWithVoid();
    }

    // While a run is waiting or held it has no deadline. The deadline is set again when the run is released.
    private static final String END_ENQUEUING =
            """
            UPDATE run
            SET state = ?, deadline_at = IF(?, NULL, deadline_at), held_at = IF(?, ?, NULL), nothing_due = ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /**
     * All reports are queued.
     *
     * @param next waiting, held or running
     * @param nothingDue why it has no report; empty if it has one
     */
    Uni<Void> endEnqueuing(SqlClient transaction, LockedRun run, RunState next, Optional<String> nothingDue) {
        return transaction
                .preparedQuery(END_ENQUEUING)
                .execute(Tuple.from(new Object[] {
                    next.text(), next != RunState.RUNNING, next == RunState.HELD, Utc.column(clock.instant()), nothingDue.orElse(null),
                    run.tenantId(), run.id()
                }))
                .replaceWithVoid();
    }

    private static final String HOLD =
            """
            UPDATE run
            SET state = 'held', held_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** The wait for the data has ended, and now somebody has to approve the run. */
    Uni<Void> hold(SqlClient transaction, LockedRun run) {
        return transaction
                .preparedQuery(HOLD)
                .execute(Tuple.of(Utc.column(clock.instant()), run.tenantId(), run.id()))
                .replaceWithVoid();
    }

    private static final String RELEASE =
            """
            UPDATE run
            SET state = 'running', deadline_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** A waiting or held run is released: its deadline counts from now. */
    Uni<Void> release(SqlClient transaction, LockedRun run) {
        return transaction
                .preparedQuery(RELEASE)
                .execute(Tuple.of(Utc.column(deadline.of(clock.instant(), run.windowMinutes())), run.tenantId(), run.id()))
                .replaceWithVoid();
    }

    private static final String ALL_RELEASED =
            """
            UPDATE run
            SET held_jobs = FALSE
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** No job of the run is held any more. */
    Uni<Void> allReleased(SqlClient transaction, LockedRun run) {
        return transaction.preparedQuery(ALL_RELEASED).execute(Tuple.of(run.tenantId(), run.id())).replaceWithVoid();
    }

    private static final String CANCEL =
            """
            UPDATE run
            SET state = 'cancelled', deadline_at = COALESCE(deadline_at, ?)
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** Cancels the run, so no stage of it starts any more. If it has no deadline, it gets one, because a cancelled run must balance too. */
    Uni<Void> cancel(SqlClient transaction, LockedRun run) {
        return transaction
                .preparedQuery(CANCEL)
                .execute(Tuple.of(Utc.column(deadline.of(clock.instant(), run.windowMinutes())), run.tenantId(), run.id()))
                .replaceWithVoid();
    }

    private static final String FINISH =
            """
            UPDATE run
            SET state = IF(state = 'running', 'finished', state), finished_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** All reports have ended. A cancelled run stays cancelled. */
    Uni<Void> finish(SqlClient transaction, int tenantId, String runId) {
        return transaction.preparedQuery(FINISH).execute(Tuple.of(Utc.column(clock.instant()), tenantId, runId)).replaceWithVoid();
    }

    private static final String REOPEN =
            """
            UPDATE run
            SET state = 'running', finished_at = NULL
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** A report of a finished run is tried or delivered again. */
    Uni<Void> reopen(SqlClient transaction, LockedRun run) {
        return transaction.preparedQuery(REOPEN).execute(Tuple.of(run.tenantId(), run.id())).replaceWithVoid();
    }

    private static final String JUDGE =
            """
            UPDATE run
            SET judged_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?) AND judged_at IS NULL AND deadline_at = ?""";

    /**
     * The run was checked at its deadline. No lock is needed: the condition lets one process win.
     *
     * @return false if another process was faster, or the deadline has moved
     */
    Uni<Boolean> judge(SqlClient transaction, OverdueRun run) {
        return transaction
                .preparedQuery(JUDGE)
                .execute(Tuple.of(Utc.column(clock.instant()), run.tenantId(), run.id(), Utc.column(run.deadline())))
                .map(updated -> updated.rowCount() == 1);
    }

    private static final String ERASE =
            """
            UPDATE run
            SET owner = IF(LOWER(owner) IN (%1$s), NULL, owner), actor = IF(actor = ? AND started_at <= ?, ?, actor)
            WHERE tenant_id = ? AND finished_at IS NOT NULL AND (LOWER(owner) IN (%1$s) OR actor = ? AND started_at <= ?)
            LIMIT ?""";

    /**
     * Erases a person from finished runs; no lock is needed.
     *
     * @param actor the person's name in the audit trail
     * @return how many runs were changed
     */
    Uni<Integer> erase(SqlClient client, Person person, String actor, String erasedActor, int limit) {
        var requestedAt = Utc.column(person.requestedAt());
        var values = new ArrayList<Object>(person.addresses());
        values.addAll(List.of(actor, requestedAt, erasedActor, person.tenant().tenantId()));
        values.addAll(person.addresses());
        values.addAll(List.of(actor, requestedAt, limit));
        return client.preparedQuery(ERASE.formatted(Placeholders.orNone(person.addresses().size())))
                .execute(Tuple.from(values))
                .map(erased -> erased.rowCount());
    }

    private static final String ERASE_ALL =
            """
            UPDATE run
            SET owner = NULL, actor = IF(actor LIKE 'user:%', 'user:erased', actor)
            WHERE tenant_id = ? AND (owner IS NOT NULL OR actor LIKE 'user:%' AND actor <> 'user:erased')
            LIMIT ?""";

    /** Erases all persons from runs of a tenant that has ended; no lock is needed. Returns how many runs were changed. */
    Uni<Integer> eraseAll(SqlClient client, int tenantId, int limit) {
        return client.preparedQuery(ERASE_ALL).execute(Tuple.of(tenantId, limit)).map(erased -> erased.rowCount());
    }
}
