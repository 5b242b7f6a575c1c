package io.weekly.schedule;

import static io.weekly.database.Utc.column;
import static io.weekly.database.Utc.instant;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Where;
import io.weekly.run.Audience;
import io.weekly.tenant.Scope.OfTenant;
import io.weekly.tenant.Tenant;
import io.weekly.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The schedules of a tenant that have not ended. */
@ApplicationScoped
public class Schedules {

    private static final String SELECT =
            """
            SELECT LOWER(HEX(s.id)) AS id, s.definition, s.weekday, s.send_time, s.window_minutes, s.formats, s.delivery, s.audience, s.owner,
              s.catch_up, s.approval, s.paused, s.next_run_at
            FROM schedule s
            """;

    private final Database database;
    private final Tenants tenants;
    private final AuditLog audit;
    private final Clock clock;

    Schedules(Database database, Tenants tenants, AuditLog audit, Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.audit = audit;
        this.clock = clock;
    }

    /** The schedule with this id. */
    public Uni<Optional<Schedule>> find(OfTenant tenant, String id) {
        return find(database.client(), tenant, id, "");
    }

    /** In the order in which they were made, from the first one after {@code afterId} (null for the beginning). */
    public Uni<List<Schedule>> list(OfTenant tenant, String afterId, int limit) {
        var where = living(tenant).andIfGiven("s.id > UNHEX(?)", afterId);
        return database.client()
                .preparedQuery(SELECT + where.sql() + "\nORDER BY s.id\nLIMIT ?")
                .execute(where.with(limit))
                .map(Schedules::schedules);
    }

    private static final String INSERT =
            """
            INSERT INTO schedule (definition, weekday, send_time, window_minutes, formats, delivery, audience, owner, catch_up, approval,
              paused, next_run_at, updated_at, tenant_id, id, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UNHEX(?), ?)""";

    /** Stores a new schedule, due at its first occurrence from now on. Empty where the tenant has ended meanwhile. */
    public Uni<Optional<Schedule>> create(OfTenant scope, Schedule wanted, String actor) {
        var id = Ids.next(clock);
        return database.transaction(transaction -> tenants.hold(transaction, scope).flatMap(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(Optional.empty());
            }
            var schedule = wanted.stored(id, firstAfterNow(wanted, found.get()));
            return transaction
                    .preparedQuery(INSERT)
                    .execute(values(schedule, scope).addLocalDateTime(column(clock.instant())))
                    .flatMap(inserted -> audit.append(transaction, event(scope, schedule, "schedule.created", actor)))
                    .replaceWith(Optional.of(schedule));
        }));
    }

    private static final String UPDATE =
            """
            UPDATE schedule
            SET definition = ?, weekday = ?, send_time = ?, window_minutes = ?, formats = ?, delivery = ?, audience = ?, owner = ?,
              catch_up = ?, approval = ?, paused = ?, next_run_at = ?, updated_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /**
     * Replaces the schedule with the same id. What is due already stays due unless the send time itself is another one, so that an
     * edit at the wrong second loses no week. Empty where there is none.
     */
    public Uni<Optional<Schedule>> update(OfTenant scope, Schedule wanted, String actor) {
        return database.transaction(transaction -> tenants.hold(transaction, scope).flatMap(tenant -> find(
                        transaction, scope, wanted.id(), "FOR UPDATE")
                .flatMap(found -> {
                    if (tenant.isEmpty() || found.isEmpty()) {
                        return Uni.createFrom().item(Optional.empty());
                    }
                    var before = found.get();
                    var after = wanted.stored(before.id(), next(before, wanted, tenant.get()));
                    return transaction
                            .preparedQuery(UPDATE)
                            .execute(values(after, scope))
                            .flatMap(updated -> audit.append(transaction, event(scope, after, action(before, after), actor)))
                            .replaceWith(Optional.of(after));
                })));
    }

    private Instant next(Schedule before, Schedule after, Tenant tenant) {
        var staysAsItIs = !before.paused() && !after.paused() && before.sendTime().equals(after.sendTime());
        return staysAsItIs ? before.nextRunAt() : firstAfterNow(after, tenant);
    }

    private Instant firstAfterNow(Schedule schedule, Tenant tenant) {
        return schedule.paused() ? null : schedule.sendTime().next(clock.instant(), tenant.zoneId());
    }

    private static String action(Schedule before, Schedule after) {
        if (before.paused().equals(after.paused())) {
            return "schedule.updated";
        }
        return after.paused() ? "schedule.paused" : "schedule.resumed";
    }

    private static final String END =
            """
            UPDATE schedule
            SET ended_at = ?, updated_at = ?, next_run_at = NULL
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** Ends a schedule; what it has started goes on. False where there is none. */
    public Uni<Boolean> end(OfTenant scope, String id, String actor) {
        var now = column(clock.instant());
        return database.transaction(transaction -> find(transaction, scope, id, "FOR UPDATE")
                .flatMap(found -> found.isEmpty()
                        ? Uni.createFrom().item(false)
                        : transaction
                                .preparedQuery(END)
                                .execute(Tuple.of(now, now, scope.tenantId(), id))
                                .flatMap(ended -> audit.append(
                                        transaction, event(scope, found.get(), "schedule.ended", actor)))
                                .replaceWith(true)));
    }

    private static Uni<Optional<Schedule>> find(SqlClient client, OfTenant tenant, String id, String lock) {
        if (!Ids.isId(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
        var where = living(tenant).and("s.id = UNHEX(?)", id);
        return client.preparedQuery(SELECT + where.sql() + "\n" + lock)
                .execute(where.with())
                .map(rows -> schedules(rows).stream().findFirst());
    }

    private static Where living(OfTenant tenant) {
        return tenant.within(new Where(), "s").and("s.ended_at IS NULL");
    }

    private static List<Schedule> schedules(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(Schedules::schedule).toList();
    }

    private static Schedule schedule(Row row) {
        return new Schedule(
                row.getString("id"),
                row.getString("definition"),
                DayOfWeek.of(row.getInteger("weekday")),
                LocalTime.parse(row.getString("send_time")),
                row.getInteger("window_minutes"),
                List.of(row.getString("formats").split(",")),
                row.getString("delivery"),
                Audience.of(row.getString("audience")),
                row.getString("owner"),
                row.getString("catch_up"),
                row.getString("approval"),
                row.getBoolean("paused"),
                instant(row.getLocalDateTime("next_run_at")));
    }

    private Tuple values(Schedule schedule, OfTenant tenant) {
        return Tuple.tuple()
                .addString(schedule.definition())
                .addInteger(schedule.weekday().getValue())
                .addString(schedule.time().toString())
                .addInteger(schedule.windowMinutes())
                .addString(String.join(",", schedule.formats()))
                .addString(schedule.delivery())
                .addString(Audience.column(schedule.audience()))
                .addString(schedule.owner())
                .addString(schedule.catchUp())
                .addString(schedule.approval())
                .addBoolean(schedule.paused())
                .addLocalDateTime(column(schedule.nextRunAt()))
                .addLocalDateTime(column(clock.instant()))
                .addInteger(tenant.tenantId())
                .addString(schedule.id());
    }

    private AuditEvent event(OfTenant tenant, Schedule schedule, String action, String actor) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("definition", schedule.definition());
        detail.put("weekday", schedule.weekday());
        detail.put("time", schedule.time().toString());
        detail.put("delivery", schedule.delivery());
        detail.put("paused", schedule.paused());
        return new AuditEvent(tenant.tenantId(), clock.instant(), actor, action, schedule.id(), detail);
    }
}
