package io.weekly.schedule;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.database.DatabaseAwayException;
import io.weekly.database.Ids;
import io.weekly.database.Keyset;
import io.weekly.database.Utc;
import io.weekly.run.RunEnqueuer;
import io.weekly.run.RunOrder;
import io.weekly.run.RunStart;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Fires what is due: one short transaction a schedule makes its run, moves {@code next_run_at} on and writes the audit event. The move is
 * guarded by the old {@code next_run_at}, so that of any number of replicas that tick at once one fires.
 */
@ApplicationScoped
class Tick {

    private static final Logger LOG = Logger.getLogger(Tick.class);
    private static final int PAGE = 200;

    private static final String DUE =
            """
            SELECT LOWER(HEX(s.id)) AS id, s.tenant_id, s.definition, s.weekday, s.send_time, s.window_minutes, s.formats, s.delivery,
                   s.audience, s.approval, s.owner, s.catch_up, s.next_run_at, t.zone
            FROM schedule s
            JOIN tenant t ON t.id = s.tenant_id
            WHERE s.next_run_at <= ? AND (s.next_run_at > ? OR s.next_run_at = ? AND s.id > UNHEX(?)) AND t.ended_at IS NULL
            ORDER BY s.next_run_at, s.id
            LIMIT ?""";
    private static final String MOVE_ON =
            """
            UPDATE schedule
            SET next_run_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?) AND next_run_at = ?""";

    private final Database database;
    private final RunStart runs;
    private final RunEnqueuer enqueuer;
    private final AuditLog audit;
    private final Clock clock;

    Tick(Database database, RunStart runs, RunEnqueuer enqueuer, AuditLog audit, Clock clock) {
        this.database = database;
        this.runs = runs;
        this.enqueuer = enqueuer;
        this.audit = audit;
        this.clock = clock;
    }

    @Scheduled(every = "${weekly.schedule.tick-interval}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> fireDue() {
        var now = clock.instant();
        return due(now)
                .onItem()
                .transformToUniAndConcatenate(schedule -> fire(schedule, now))
                .filter(fired -> fired)
                .collect()
                .with(Collectors.counting())
                .invoke(fired -> {
                    if (fired > 0) {
                        enqueuer.wake();
                    }
                })
                .replaceWithVoid();
    }

    /** In keyset pages, each read when the one before has fired; what fires moves on and out of the way. */
    private Multi<DueSchedule> due(Instant now) {
        return Keyset.rows(
                new Cursor(Instant.EPOCH, Ids.NONE), after -> page(now, after), last -> new Cursor(last.dueAt(), last.id()));
    }

    private Uni<List<DueSchedule>> page(Instant now, Cursor after) {
        var dueAt = Utc.column(after.dueAt());
        return database.client()
                .preparedQuery(DUE)
                .execute(Tuple.of(Utc.column(now), dueAt, dueAt, after.id(), PAGE))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(DueSchedule::of)
                        .toList());
    }

    private Uni<Boolean> fire(DueSchedule schedule, Instant now) {
        return database.transaction(transaction -> moveOn(transaction, schedule, now).flatMap(mine -> mine
                        ? start(transaction, schedule, now)
                        : Uni.createFrom().item(Optional.<String>empty())))
                .map(Optional::isPresent)
                // One schedule's failure is its own: it stays due, and the next tick tries again.
                .onFailure(DatabaseAwayException::isNot)
                .invoke(failure -> LOG.errorf(failure, "schedule %s could not fire; the next tick tries again", schedule.id()))
                .onFailure()
                .recoverWithItem(false);
    }

    private Uni<Boolean> moveOn(SqlClient transaction, DueSchedule schedule, Instant now) {
        return transaction
                .preparedQuery(MOVE_ON)
                .execute(Tuple.of(
                        Utc.column(schedule.next(now)), schedule.tenantId(), schedule.id(), Utc.column(schedule.dueAt())))
                .map(updated -> updated.rowCount() == 1);
    }

    private Uni<Optional<String>> start(SqlClient transaction, DueSchedule schedule, Instant now) {
        var fires = schedule.fires(now);
        if (fires.isEmpty()) {
            return audit.append(transaction, event(schedule, now, "schedule.missed", Map.of("dueAt", schedule.dueAt().toString())))
                    .replaceWith(Optional.empty());
        }
        var order = new RunOrder(
                schedule.tenantId(),
                AuditEvent.SERVICE,
                schedule.definition(),
                schedule.sendTime().reportedAt(fires.get(), schedule.zone()),
                schedule.id(),
                schedule.formats(),
                schedule.delivery(),
                schedule.windowMinutes(),
                schedule.audience(),
                schedule.canaryFor());
        return runs.scheduled(transaction, order).call(run -> audit.append(
                transaction,
                event(schedule, now, "schedule.fired", Map.of(
                        "dueAt", fires.get().toString(),
                        "period", order.period().toString(),
                        "run", run.orElse("exists already")))));
    }

    private static AuditEvent event(DueSchedule schedule, Instant now, String action, Map<String, Object> detail) {
        return new AuditEvent(schedule.tenantId(), now, AuditEvent.SERVICE, action, schedule.id(), detail);
    }

    /** Where the next page begins. */
    private record Cursor(Instant dueAt, String id) {}
}
