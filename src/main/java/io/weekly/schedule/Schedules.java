package io.weekly.schedule;

import static io.weekly.database.Utc.instant;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.ChangedFields;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.QueryConditions;
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
import org.jspecify.annotations.Nullable;

/** The schedules of a tenant, without those that have ended. */
@ApplicationScoped
public class Schedules {

    private final Database database;
    private final Tenants tenants;
    private final ScheduleChanges changes;
    private final AuditLog audit;
    private final Clock clock;

    Schedules(Database database, Tenants tenants, ScheduleChanges changes, AuditLog audit, Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    private static final String SELECT =
            """
            SELECT LOWER(HEX(s.id)) AS id, s.definition, s.weekday, s.send_time, s.window_minutes, s.formats, s.delivery, s.audience,
              s.owner, s.catch_up, s.approval, s.paused, s.next_run_at,
              p.address AS problem_address, p.reason AS problem_reason, p.since AS problem_since
            FROM schedule s
            LEFT JOIN owner_problem p ON p.tenant_id = s.tenant_id AND p.address = LOWER(s.owner)
            """;

    /** A schedule; empty if the tenant has no such schedule, or it has ended. */
    public Uni<Optional<Schedule>> find(OfTenant tenant, String id) {
        return find(database.client(), tenant, id, "");
    }

    /** A page of schedules in the order in which they were created, after {@code afterId}; null for the first page. */
    public Uni<List<Schedule>> list(OfTenant tenant, @Nullable String afterId, int limit) {
        var where = notEnded(tenant).andIfGiven("s.id > UNHEX(?)", afterId);
        return database.client()
                .preparedQuery(SELECT + where.sql() + "\nORDER BY s.id\nLIMIT ?")
                .execute(where.with(limit))
                .map(Schedules::schedules);
    }

    /** Stores a new schedule; it is due at its first occurrence from now on. Empty if the tenant has ended meanwhile. */
    public Uni<Optional<Schedule>> create(OfTenant scope, Schedule wanted, String actor) {
        var id = Ids.next(clock);
        return database.transaction(transaction -> tenants.hold(transaction, scope).flatMap(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(Optional.empty());
            }
            var schedule = wanted.stored(id, firstAfterNow(wanted, found.get()));
            return changes.insert(transaction, scope, schedule)
                    .flatMap(_ -> audit.append(transaction, event(scope, schedule, "schedule.created", actor)))
                    .flatMap(_ -> written(transaction, scope, schedule));
        }));
    }

    /** The schedule as it is stored now, with what its client should know. */
    private static Uni<Optional<Schedule>> written(SqlClient transaction, OfTenant scope, Schedule schedule) {
        return AudienceWarnings.of(transaction, scope, schedule)
                .flatMap(warnings -> find(transaction, scope, schedule.id(), "")
                        .map(stored -> stored.map(found -> schedule.with(found.ownerProblem()).with(warnings))));
    }

    /**
     * Replaces the schedule with the same id. If the send time stays the same, an occurrence that is already due stays due, so an edit at
     * the moment of the send time loses no week. Empty if there is no such schedule.
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
                    return changes.replace(transaction, scope, after)
                            .flatMap(_ -> audit.append(transaction, updated(scope, before, after, actor)))
                            .flatMap(_ -> written(transaction, scope, after));
                })));
    }

    private @Nullable Instant next(Schedule before, Schedule after, Tenant tenant) {
        var keepsOccurrence = !before.paused() && !after.paused() && before.sendTime().equals(after.sendTime());
        return keepsOccurrence ? before.nextRunAt() : firstAfterNow(after, tenant);
    }

    private @Nullable Instant firstAfterNow(Schedule schedule, Tenant tenant) {
        return schedule.paused() ? null : schedule.sendTime().next(clock.instant(), tenant.zoneId());
    }

    private static String action(Schedule before, Schedule after) {
        if (before.paused().equals(after.paused())) {
            return "schedule.updated";
        }
        return after.paused() ? "schedule.paused" : "schedule.resumed";
    }

    /** Ends a schedule. Its runs go on. False if there is no such schedule. */
    public Uni<Boolean> end(OfTenant scope, String id, String actor) {
        return database.transaction(transaction -> find(transaction, scope, id, "FOR UPDATE")
                .flatMap(found -> found.isEmpty()
                        ? Uni.createFrom().item(false)
                        : changes.end(transaction, scope, id)
                                .flatMap(_ -> audit.append(
                                        transaction, event(scope, found.get(), "schedule.ended", actor)))
                                .replaceWith(true)));
    }

    private static Uni<Optional<Schedule>> find(SqlClient client, OfTenant tenant, String id, String lock) {
        if (!Ids.isId(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
        var where = notEnded(tenant).and("s.id = UNHEX(?)", id);
        return client.preparedQuery(SELECT + where.sql() + "\n" + lock)
                .execute(where.with())
                .map(rows -> schedules(rows).stream().findFirst());
    }

    private static QueryConditions notEnded(OfTenant tenant) {
        return tenant.within(new QueryConditions(), "s").and("s.ended_at IS NULL");
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
                instant(row.getLocalDateTime("next_run_at")))
                .with(OwnerProblem.of(row));
    }

    private AuditEvent updated(OfTenant tenant, Schedule before, Schedule after, String actor) {
        var changed = new ChangedFields()
                .compare("definition", before.definition(), after.definition())
                .compare("weekday", before.weekday(), after.weekday())
                .compare("time", before.time(), after.time())
                .compare("windowMinutes", before.windowMinutes(), after.windowMinutes())
                .compare("formats", before.formats(), after.formats())
                .compare("delivery", before.delivery(), after.delivery())
                .compare("audience", before.audience(), after.audience())
                .compare("owner", before.owner(), after.owner())
                .compare("catchUp", before.catchUp(), after.catchUp())
                .compare("approval", before.approval(), after.approval())
                .compare("paused", before.paused(), after.paused());
        var event = event(tenant, after, action(before, after), actor);
        var detail = new LinkedHashMap<>(event.detail());
        detail.put("changed", changed.names());
        return event.with(detail);
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
