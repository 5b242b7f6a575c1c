package io.weekly.schedule;

import static io.weekly.database.Utc.column;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Batch;
import io.weekly.database.Placeholders;
import io.weekly.run.Audience;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Contains every statement that changes the table {@code schedule}; no other class writes to it. */
@ApplicationScoped
class ScheduleChanges {

    private final Clock clock;

    ScheduleChanges(Clock clock) {
        this.clock = clock;
    }

    private static final String INSERT =
            """
            INSERT INTO schedule (definition, weekday, send_time, window_minutes, formats, delivery, audience, owner, catch_up, approval,
              paused, next_run_at, updated_at, tenant_id, id, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UNHEX(?), ?)""";

    /** Inserts a new schedule. The caller holds the row of the tenant. */
    Uni<Void> insert(SqlClient transaction, OfTenant tenant, Schedule schedule) {
        return transaction
                .preparedQuery(INSERT)
                .execute(values(schedule, tenant).addLocalDateTime(column(clock.instant())))
                .replaceWithVoid();
    }

    private static final String REPLACE =
            """
            UPDATE schedule
            SET definition = ?, weekday = ?, send_time = ?, window_minutes = ?, formats = ?, delivery = ?, audience = ?, owner = ?,
              catch_up = ?, approval = ?, paused = ?, next_run_at = ?, updated_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** Replaces the schedule with the same id. The caller holds the rows of the tenant and of the schedule. */
    Uni<Void> replace(SqlClient transaction, OfTenant tenant, Schedule schedule) {
        return transaction.preparedQuery(REPLACE).execute(values(schedule, tenant)).replaceWithVoid();
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

    private static final String TRANSFER =
            """
            UPDATE schedule
            SET owner = ?, updated_at = ?
            WHERE tenant_id = ? AND LOWER(owner) = ? AND ended_at IS NULL""";

    /**
     * Gives all schedules of a person that have not ended to another one. The caller holds their rows.
     *
     * @param from in lower case
     */
    Uni<Void> transfer(SqlClient transaction, OfTenant tenant, String from, String to) {
        return transaction
                .preparedQuery(TRANSFER)
                .execute(Tuple.of(to, column(clock.instant()), tenant.tenantId(), from))
                .replaceWithVoid();
    }

    private static final String END =
            """
            UPDATE schedule
            SET ended_at = ?, updated_at = ?, next_run_at = NULL
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** Ends a schedule. The caller holds its row. */
    Uni<Void> end(SqlClient transaction, OfTenant tenant, String id) {
        var now = column(clock.instant());
        return transaction.preparedQuery(END).execute(Tuple.of(now, now, tenant.tenantId(), id)).replaceWithVoid();
    }

    private static final String END_ALL =
            """
            UPDATE schedule
            SET ended_at = ?, updated_at = ?, next_run_at = NULL
            WHERE tenant_id = ? AND ended_at IS NULL""";

    /** Ends all schedules of a tenant. */
    Uni<Void> endAll(SqlClient transaction, int tenantId) {
        var now = column(clock.instant());
        return transaction.preparedQuery(END_ALL).execute(Tuple.of(now, now, tenantId)).replaceWithVoid();
    }

    private static final String ERASE_OWNERS =
            """
            UPDATE schedule
            SET owner = '', updated_at = ?
            WHERE tenant_id = ? AND (? OR LOWER(owner) IN (%s)) AND owner <> '' AND ended_at IS NOT NULL""";

    /**
     * Erases the owners of schedules that have ended.
     *
     * @param owners in lower case; empty for all owners of the tenant
     */
    Uni<Void> eraseOwners(SqlClient client, int tenantId, Optional<List<String>> owners) {
        var addresses = owners.orElse(List.of());
        var values = Tuple.of(column(clock.instant()), tenantId, owners.isEmpty());
        addresses.forEach(values::addString);
        return client.preparedQuery(ERASE_OWNERS.formatted(Placeholders.orNone(addresses.size()))).execute(values).replaceWithVoid();
    }

    private static final String MOVE =
            """
            UPDATE schedule
            SET next_run_at = ?, updated_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /**
     * Moves next occurrences, because the zone of the tenant has changed. The caller holds the rows.
     *
     * @param next the new occurrences by the ids of the schedules
     */
    Uni<Void> moveAll(SqlClient transaction, int tenantId, Map<String, Instant> next) {
        var now = column(clock.instant());
        List<Tuple> rows = next.entrySet().stream()
                .map(entry -> Tuple.of(column(entry.getValue()), now, tenantId, entry.getKey()))
                .toList();
        return Batch.execute(transaction, MOVE, rows);
    }

    private static final String FIRE =
            """
            UPDATE schedule
            SET next_run_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?) AND next_run_at = ?""";

    /**
     * Moves a due schedule to its next occurrence. No lock is needed: the old {@code next_run_at} in the condition lets one replica win.
     *
     * @return false if another replica was faster, or the schedule has changed
     */
    Uni<Boolean> fire(SqlClient transaction, DueSchedule schedule, Instant next) {
        return transaction
                .preparedQuery(FIRE)
                .execute(Tuple.of(column(next), schedule.tenantId(), schedule.id(), column(schedule.dueAt())))
                .map(updated -> updated.rowCount() == 1);
    }
}
