package io.weekly.schedule;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.database.FailureIsolation;
import io.weekly.database.Ids;
import io.weekly.database.Keyset;
import io.weekly.database.Utc;
import io.weekly.run.RunEnqueuer;
import io.weekly.run.RunEvents;
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

/**
 * Fires the schedules that are due. One short transaction for each schedule moves {@code next_run_at} on, starts the run and writes the
 * audit event. The update of {@code next_run_at} has the old value as its condition, so one replica fires even if many tick at once.
 */
@ApplicationScoped
class Tick {

    private static final int PAGE = 200;

    private final Database database;
    private final ScheduleChanges changes;
    private final RunStart runs;
    private final RunEnqueuer enqueuer;
    private final AuditLog audit;
    private final RunEvents events;
    private final Clock clock;

    Tick(
            Database database,
            ScheduleChanges changes,
            RunStart runs,
            RunEnqueuer enqueuer,
            AuditLog audit,
            RunEvents events,
            Clock clock) {
        this.database = database;
        this.changes = changes;
        this.runs = runs;
        this.enqueuer = enqueuer;
        this.audit = audit;
        this.events = events;
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

    private static final String DUE =
            """
            SELECT LOWER(HEX(s.id)) AS id, s.tenant_id, s.definition, s.weekday, s.send_time, s.window_minutes, s.formats, s.delivery,
                   s.audience, s.approval, s.owner, s.catch_up, s.next_run_at, t.zone
            FROM schedule s
            JOIN tenant t ON t.id = s.tenant_id
            WHERE s.next_run_at <= ? AND (s.next_run_at > ? OR s.next_run_at = ? AND s.id > UNHEX(?)) AND t.ended_at IS NULL
            ORDER BY s.next_run_at, s.id
            LIMIT ?""";

    /** In pages: a schedule that has fired is not due any more. */
    private Multi<DueSchedule> due(Instant now) {
        return Keyset.rows(Position.START, after -> page(now, after), Position::of);
    }

    private Uni<List<DueSchedule>> page(Instant now, Position after) {
        var dueAt = Utc.column(after.dueAt());
        return database.client()
                .preparedQuery(DUE)
                .execute(Tuple.of(Utc.column(now), dueAt, dueAt, after.id(), PAGE))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(DueSchedule::of).toList());
    }

    /** Where a page starts: behind this occurrence of this schedule. */
    private record Position(Instant dueAt, String id) {
        static final Position START = new Position(Instant.EPOCH, Ids.NONE);

        static Position of(DueSchedule schedule) {
            return new Position(schedule.dueAt(), schedule.id());
        }
    }

    private Uni<Boolean> fire(DueSchedule schedule, Instant now) {
        var fired = database.transaction(transaction -> changes.fire(transaction, schedule, schedule.next(now)).flatMap(moved -> moved
                        ? start(transaction, schedule, now)
                        : Uni.createFrom().item(Optional.<String>empty())))
                .map(Optional::isPresent);
        // A schedule that failed stays due, and the next tick tries again.
        return FailureIsolation.isolate(fired, failure -> events.scheduleDidNotFire(schedule.id(), failure))
                .onItem()
                .ifNull()
                .continueWith(false);
    }

    private Uni<Optional<String>> start(SqlClient transaction, DueSchedule schedule, Instant now) {
        var occurrence = schedule.fires(now);
        if (occurrence.isEmpty()) {
            return audit.append(transaction, event(schedule, now, "schedule.missed", Map.of("dueAt", schedule.dueAt().toString())))
                    .replaceWith(Optional.empty());
        }
        var order = new RunOrder(
                schedule.tenantId(),
                AuditEvent.SERVICE,
                schedule.definition(),
                schedule.sendTime().reportedAt(occurrence.get(), schedule.zone()),
                schedule.id(),
                schedule.formats(),
                schedule.delivery(),
                schedule.windowMinutes(),
                schedule.audience(),
                schedule.approver());
        return runs.scheduled(transaction, order)
                .call(run -> audit.append(
                        transaction,
                        event(schedule, now, "schedule.fired", Map.of(
                                "dueAt", occurrence.get().toString(),
                                "period", order.period().toString(),
                                "run", run))))
                .map(Optional::of);
    }

    private static AuditEvent event(DueSchedule schedule, Instant now, String action, Map<String, Object> detail) {
        return new AuditEvent(schedule.tenantId(), now, AuditEvent.SERVICE, action, schedule.id(), detail);
    }
}
