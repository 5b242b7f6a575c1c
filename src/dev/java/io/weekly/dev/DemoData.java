package io.weekly.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Utc;
import io.weekly.schedule.SendTime;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Inserts the demo tenants and their figures into empty tables. Later starts do not change the tenants, because a developer may have edited
 * them. They only add figures up to yesterday, so that each week has something to report.
 */
@Singleton
@IfBuildProfile("dev")
class DemoData {
    private static final Logger LOG = Logger.getLogger(DemoData.class);
    private static final int WEEKS = 13;
    private static final SendTime MONDAY_MORNING = new SendTime(DayOfWeek.MONDAY, LocalTime.of(7, 0));

    private static final String ANY_TENANT = "SELECT 1 FROM tenant LIMIT 1";
    private static final String TENANT = """
            INSERT INTO tenant (slug, name, zone, locale, color, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)""";
    private static final String RECIPIENT = """
            INSERT INTO recipient (tenant_id, user_id, name, email, locale, tags, active, created_at, updated_at)
            SELECT id, ?, ?, ?, ?, ?, TRUE, ?, ?
            FROM tenant
            WHERE slug = ?""";
    private static final String SCHEDULE = """
            INSERT INTO schedule (tenant_id, id, definition, weekday, send_time, window_minutes, formats, delivery, owner, catch_up,
                                  approval, paused, next_run_at, created_at, updated_at)
            SELECT id, UNHEX(?), 'weekly-business', 1, '07:00', 60, 'pdf', 'attachment', ?, 'latest', 'none', FALSE, ?, ?, ?
            FROM tenant
            WHERE slug = ?""";
    private static final String LAST_DAY = """
            SELECT t.id, (SELECT MAX(m.day) FROM metric m WHERE m.tenant_id = t.id AND m.metric = 'revenue') AS last
            FROM tenant t
            WHERE t.slug = ? AND t.ended_at IS NULL""";
    private static final String METRIC = """
            INSERT IGNORE INTO metric (tenant_id, metric, day, dimension, value)
            VALUES (?, ?, ?, ?, ?)""";

    private final Database database;
    private final Clock clock;

    DemoData(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** In one transaction: if the start is interrupted, the tables stay empty, and the next start inserts everything. */
    Uni<Void> ensure() {
        return database.transaction(connection -> connection.query(ANY_TENANT).execute()
                .flatMap(found -> found.size() > 0 ? Uni.createFrom().voidItem() : tenants(connection))
                .chain(() -> each(DemoTenant.ALL, tenant -> figures(connection, tenant))));
    }

    private Uni<Void> tenants(SqlConnection connection) {
        LOG.info("Inserting three demo tenants with " + WEEKS + " weeks of figures");
        return each(DemoTenant.ALL, tenant -> tenant(connection, tenant));
    }

    private Uni<Void> tenant(SqlConnection connection, DemoTenant tenant) {
        LocalDateTime now = Utc.column(clock.instant());
        List<Tuple> recipients = tenant.people().stream()
                .map(person -> Tuple.from(new Object[] {person.userId(), person.name(), tenant.email(person), person.locale(),
                    new JsonArray(List.of(person.tag())).encode(), now, now, tenant.slug()}))
                .toList();
        LocalDateTime nextRun = Utc.column(MONDAY_MORNING.next(clock.instant(), tenant.zone()));
        return connection.preparedQuery(TENANT)
                .execute(Tuple.from(new Object[] {tenant.slug(), tenant.name(), tenant.zone().getId(), tenant.locale(), tenant.color(),
                    now, now}))
                .chain(() -> connection.preparedQuery(RECIPIENT).executeBatch(recipients))
                .chain(() -> connection.preparedQuery(SCHEDULE)
                        .execute(Tuple.of(Ids.next(clock), tenant.owner(), nextRun, now, now, tenant.slug())))
                .replaceWithVoid();
    }

    /** From the day after the last one to yesterday, where the tenant is. */
    private Uni<Void> figures(SqlConnection connection, DemoTenant tenant) {
        return connection.preparedQuery(LAST_DAY).execute(Tuple.of(tenant.slug())).flatMap(found -> {
            LocalDate today = LocalDate.ofInstant(clock.instant(), tenant.zone());
            List<Tuple> rows = StreamSupport.stream(found.spliterator(), false)
                    .flatMap(row -> since(row, today).datesUntil(today)
                            .flatMap(day -> DemoMetrics.of(tenant, day).stream())
                            .map(figure -> Tuple.of(
                                    row.getInteger("id"), figure.metric(), figure.day(), figure.dimension(), figure.value())))
                    .toList();
            return rows.isEmpty() ? Uni.createFrom().voidItem()
                    : connection.preparedQuery(METRIC).executeBatch(rows).replaceWithVoid();
        });
    }

    /** The day after the last figures; the first time, the Monday thirteen weeks ago. */
    private static LocalDate since(Row row, LocalDate today) {
        LocalDate last = row.getLocalDate("last");
        LocalDate first = today.with(DayOfWeek.MONDAY).minusWeeks(WEEKS);
        LocalDate next = last == null ? first : last.plusDays(1);
        return next.isAfter(today) ? today : next;
    }

    private static <T> Uni<Void> each(List<T> things, Function<T, Uni<Void>> step) {
        return Multi.createFrom().iterable(things).onItem().transformToUniAndConcatenate(step::apply).collect().asList().replaceWithVoid();
    }
}
