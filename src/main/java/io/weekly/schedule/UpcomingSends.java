package io.weekly.schedule;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Period;
import io.weekly.run.Run;
import io.weekly.text.Warning;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What happens to the recipients of a run that a user has cancelled: a schedule still sends their reports, or none does. */
@ApplicationScoped
public class UpcomingSends {

    /** A schedule that did not fire yet will send the reports of the run. */
    public static final String SCHEDULE_WILL_SEND = "schedule-will-send";

    /** A schedule has fired already, and its run sends the reports of the week. */
    public static final String SCHEDULE_HAS_FIRED = "schedule-has-fired";

    private static final int MAX_SCHEDULES = 50;

    private final Database database;
    private final Clock clock;

    UpcomingSends(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What somebody who cancels this run has to know; empty if no schedule is concerned. */
    public Uni<List<Warning>> warnings(Run cancelled) {
        return upcoming(cancelled).flatMap(upcoming -> fired(cancelled).map(fired -> {
            var warnings = new ArrayList<>(upcoming);
            warnings.addAll(fired);
            return warnings;
        }));
    }

    private static final String SCHEDULES =
            """
            SELECT LOWER(HEX(s.id)) AS id, s.tenant_id, s.definition, s.weekday, s.send_time, s.window_minutes, s.formats, s.delivery,
                   s.audience, s.approval, s.owner, s.catch_up, s.next_run_at, t.zone
            FROM schedule s
            JOIN tenant t ON t.id = s.tenant_id
            WHERE s.tenant_id = ? AND s.definition = ? AND s.next_run_at IS NOT NULL AND t.ended_at IS NULL
            ORDER BY s.next_run_at, s.id
            LIMIT ?""";

    private Uni<List<Warning>> upcoming(Run cancelled) {
        var period = Period.parse(cancelled.period());
        var now = clock.instant();
        return database.client()
                .preparedQuery(SCHEDULES)
                .execute(Tuple.of(cancelled.tenantId(), cancelled.definition(), MAX_SCHEDULES))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(DueSchedule::of)
                        .flatMap(schedule -> schedule.reports(period, now).map(at -> willSend(schedule, period, at)).stream())
                        .toList());
    }

    private static Warning willSend(DueSchedule schedule, Period period, Instant at) {
        var verb = schedule.delivery() == DeliveryMode.NONE ? "make" : "send";
        return new Warning(SCHEDULE_WILL_SEND,
                "The schedule %s will still %s the reports of %s, at %s, for each recipient who has not got one. Pause it to prevent that."
                        .formatted(schedule.id(), verb, period, at));
    }

    private static final String FIRED =
            """
            SELECT LOWER(HEX(id)) AS id, LOWER(HEX(schedule_id)) AS schedule
            FROM run
            WHERE tenant_id = ? AND definition = ? AND period = ? AND id > UNHEX(?) AND triggered_by = 'scheduled'
              AND finished_at IS NULL
            ORDER BY id
            LIMIT ?""";

    private Uni<List<Warning>> fired(Run cancelled) {
        return database.client()
                .preparedQuery(FIRED)
                .execute(Tuple.of(cancelled.tenantId(), cancelled.definition(), cancelled.period(), cancelled.id(), MAX_SCHEDULES))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> hasFired(row.getString("schedule"), row.getString("id")))
                        .toList());
    }

    private static Warning hasFired(String schedule, String run) {
        return new Warning(SCHEDULE_HAS_FIRED,
                "The schedule %s has fired. Its run %s sends the week to each recipient who has not got it. Cancel it too to prevent that."
                        .formatted(schedule, run));
    }
}
