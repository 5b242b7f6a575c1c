package io.weekly.schedule;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Keyset;
import io.weekly.database.QueryConditions;
import io.weekly.database.Utc;
import io.weekly.report.Period;
import io.weekly.schedule.Reconciliation.Missing;
import io.weekly.schedule.Reconciliation.NothingDue;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Compares the runs with the calendar. It computes when a schedule should have fired from the weekday and time that the schedule had at
 * that moment (read from the audit trail) and from the current zone of its tenant. It does not use {@code next_run_at}, because the tick
 * writes that column and may have written it wrong.
 */
@ApplicationScoped
public class Reconciler {

    private static final int PAGE = 200;
    private static final int MAX_LISTED = 1000;
    /** No schedule has fired in it, and there is no week before it that reports could be about. */
    private static final Period FIRST = new Period(1, 1);

    private final Database database;
    private final PastSchedules past;
    private final Clock clock;

    Reconciler(Database database, PastSchedules past, Clock clock) {
        this.database = database;
        this.past = past;
        this.clock = clock;
    }

    /** What should have fired in a week, up to now, and which of it has a run. The reports of these runs are about the week before. */
    public Uni<Reconciliation> reconcile(Scope scope, Period week) {
        if (week.equals(FIRST)) {
            return Uni.createFrom().item(new Sum().result());
        }
        return Keyset.rows(Ids.NONE, after -> page(scope, week, after), schedule -> schedule.getString("id"))
                .onItem()
                .transformToUniAndConcatenate(schedule -> dueAt(schedule, week)
                        .map(dueAt -> new Expected(schedule, dueAt)))
                .collect()
                .in(Sum::new, Sum::add)
                .map(Sum::result);
    }

    // Including schedules that have ended since: they should have fired before their end. A schedule that was moved within the week may
    // have two runs. The column nothing_due has the id of the last run without reports and its reason, if no run of the schedule has a
    // report.
    private static final String SCHEDULES =
            """
            SELECT LOWER(HEX(s.id)) AS id, s.tenant_id, t.slug, t.zone, s.definition, s.weekday, s.send_time, s.paused, s.created_at,
                   s.updated_at, s.ended_at,
                   EXISTS (SELECT 1 FROM run r
                           WHERE r.tenant_id = s.tenant_id AND r.period = ? AND r.schedule_id = s.id) AS fired,
                   (SELECT MAX(CONCAT(LOWER(HEX(r.id)), r.nothing_due))
                    FROM run r
                    WHERE r.tenant_id = s.tenant_id AND r.period = ? AND r.schedule_id = s.id
                    HAVING MAX(r.due) = 0) AS nothing_due
            FROM schedule s
            JOIN tenant t ON t.id = s.tenant_id
            %s
            ORDER BY s.id
            LIMIT ?""";

    private Uni<List<Row>> page(Scope scope, Period week, String after) {
        var where = scope.within(new QueryConditions(), "s").and("s.id > UNHEX(?)", after);
        var period = week.previous().toString();
        return database.client()
                .preparedQuery(SCHEDULES.formatted(where.sql()))
                .execute(where.between(List.of(period, period), PAGE))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
    }

    /** When the schedule should have fired in the week; empty if it should not, or not yet. */
    private Uni<Optional<Instant>> dueAt(Row schedule, Period week) {
        var zone = ZoneId.of(schedule.getString("zone"));
        var ended = Utc.instant(schedule.getLocalDateTime("ended_at"));
        return past.of(schedule, week.monday().minusDays(2).atStartOfDay(zone).toInstant()).map(versions -> versions.stream()
                .filter(version -> !version.paused())
                .flatMap(version -> Optional.of(version.sendTime().in(week, zone))
                        .filter(version::wasInForce)
                        .filter(at -> !at.isAfter(clock.instant()) && (ended == null || at.isBefore(ended)))
                        .stream())
                .findFirst());
    }

    private record Expected(Row row, Optional<Instant> dueAt) {}

    private static final class Sum {

        private static final int ID_LENGTH = Ids.NONE.length();

        private final List<Missing> missing = new ArrayList<>();
        private final List<NothingDue> nothingDue = new ArrayList<>();
        private long expected;
        private long fired;

        void add(Expected schedule) {
            if (schedule.dueAt().isEmpty()) {
                return;
            }
            expected++;
            if (schedule.row().getLong("fired") != 0) {
                fired++;
                addIfNothingWasDue(schedule.row());
            } else if (missing.size() < MAX_LISTED) {
                missing.add(new Missing(
                        schedule.row().getString("id"), schedule.row().getString("slug"), schedule.row().getString("definition"),
                        schedule.dueAt().get()));
            }
        }

        private void addIfNothingWasDue(Row schedule) {
            var found = schedule.getString("nothing_due");
            if (found != null && nothingDue.size() < MAX_LISTED) {
                nothingDue.add(new NothingDue(
                        schedule.getString("id"), schedule.getString("slug"), schedule.getString("definition"),
                        found.substring(0, ID_LENGTH), found.substring(ID_LENGTH)));
            }
        }

        Reconciliation result() {
            return new Reconciliation(expected, fired, missing, nothingDue);
        }
    }
}
