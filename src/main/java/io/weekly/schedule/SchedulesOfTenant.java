package io.weekly.schedule;

import static io.weekly.database.Utc.instant;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.tenant.Tenant;
import io.weekly.tenant.TenantListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.LinkedHashMap;

/** Applies changes of a tenant to its schedules: another zone, and its end. */
@ApplicationScoped
class SchedulesOfTenant implements TenantListener {

    private final ScheduleChanges changes;

    SchedulesOfTenant(ScheduleChanges changes) {
        this.changes = changes;
    }

    private static final String FIRING =
            """
            SELECT LOWER(HEX(id)) AS id, weekday, send_time, next_run_at
            FROM schedule
            WHERE tenant_id = ? AND next_run_at IS NOT NULL
            FOR UPDATE""";

    /** Moves each next occurrence to the new zone. If its time has already passed in the new zone, the schedule is due at once. */
    @Override
    public Uni<Void> changed(SqlConnection transaction, Tenant before, Tenant after) {
        if (before.zone().equals(after.zone())) {
            return Uni.createFrom().voidItem();
        }
        return transaction.preparedQuery(FIRING).execute(Tuple.of(before.id())).flatMap(rows -> {
            var next = new LinkedHashMap<String, Instant>();
            rows.forEach(row -> next.put(row.getString("id"), moved(row, before, after)));
            return changes.moveAll(transaction, before.id(), next);
        });
    }

    private static Instant moved(Row row, Tenant before, Tenant after) {
        var sendTime = new SendTime(DayOfWeek.of(row.getInteger("weekday")), LocalTime.parse(row.getString("send_time")));
        return sendTime.moved(instant(row.getLocalDateTime("next_run_at")), before.zoneId(), after.zoneId());
    }

    /** Ends the schedules: nothing of an ended tenant fires again. */
    @Override
    public Uni<Void> ended(SqlConnection transaction, Tenant tenant) {
        return changes.endAll(transaction, tenant.id());
    }
}
