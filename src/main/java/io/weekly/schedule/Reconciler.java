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
 * Holds the runs against the calendar. When a schedule was to fire is reckoned anew from its weekday and time, as they were at that
 * moment by the audit trail, in the zone that its tenant has today; what the tick wrote ({@code next_run_at}) is not asked: it is what
 * might be wrong.
 */
@ApplicationScoped
public class Reconciler {

    private static final int PAGE = 200;
    private static final int TOLD = 1000;

    // Those too that have ended since: they were to fire while they lived.
    private static final String SCHEDULES =
            """
            SELECT LOWER(HEX(s.id)) AS id, s.tenant_id, t.slug, t.zone, s.definition, s.weekday, s.send_time, s.paused, s.created_at,
                   s.updated_at, s.ended_at,
                   EXISTS (SELECT 1 FROM run r
                           WHERE r.tenant_id = s.tenant_id AND r.period = ? AND r.schedule_id = s.id) AS fired
            FROM schedule s
            JOIN tenant t ON t.id = s.tenant_id
            %s
            ORDER BY s.id
            LIMIT ?""";

    private final Database database;
    private final PastSchedules past;
    private final Clock clock;

    Reconciler(Database database, PastSchedules past, Clock clock) {
        this.database = database;
        this.past = past;
        this.clock = clock;
    }

    /** What was to fire in a week, up to now, and what of it has a run. The reports of these runs are about the week before. */
    public Uni<Reconciliation> reconcile(Scope scope, Period week) {
        return Keyset.rows(Ids.NONE, after -> page(scope, week, after), row -> row.getString("id"))
                .onItem()
                .transformToUniAndConcatenate(schedule -> dueAt(schedule, week)
                        .map(dueAt -> new Expected(schedule, dueAt)))
                .collect()
                .in(Sum::new, Sum::add)
                .map(Sum::result);
    }

    private Uni<List<Row>> page(Scope scope, Period week, String after) {
        var where = scope.within(new QueryConditions(), "s").and("s.id > UNHEX(?)", after);
        return database.client()
                .preparedQuery(SCHEDULES.formatted(where.sql()))
                .execute(where.between(List.of(week.previous().toString()), PAGE))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
    }

    /** When the schedule was to fire in the week; empty where it was not, or not yet. */
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

    private record Expected(Row schedule, Optional<Instant> dueAt) {}

    private static final class Sum {

        private final List<Missing> missing = new ArrayList<>();
        private long expected;
        private long fired;

        void add(Expected one) {
            if (one.dueAt().isEmpty()) {
                return;
            }
            expected++;
            if (one.schedule().getLong("fired") != 0) {
                fired++;
            } else if (missing.size() < TOLD) {
                missing.add(new Missing(
                        one.schedule().getString("id"), one.schedule().getString("slug"), one.schedule().getString("definition"),
                        one.dueAt().get()));
            }
        }

        Reconciliation result() {
            return new Reconciliation(expected, fired, missing);
        }
    }
}
