package io.weekly.schedule;

import static io.weekly.database.Utc.column;
import static io.weekly.database.Utc.instant;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Batch;
import io.weekly.tenant.Tenant;
import io.weekly.tenant.TenantListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.StreamSupport;

/** Schedules follow their tenant: into another zone, and to its end. */
@ApplicationScoped
class SchedulesOfTenant implements TenantListener {

    private final Clock clock;

    SchedulesOfTenant(Clock clock) {
        this.clock = clock;
    }

    private static final String FIRING =
            """
            SELECT LOWER(HEX(id)) AS id, weekday, send_time, next_run_at
            FROM schedule
            WHERE tenant_id = ? AND next_run_at IS NOT NULL
            FOR UPDATE""";

    private static final String MOVE =
            """
            UPDATE schedule
            SET next_run_at = ?, updated_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** Moves each next occurrence to the new zone; one that is past there is due at once. */
    @Override
    public Uni<Void> changed(SqlConnection transaction, Tenant before, Tenant after) {
        if (before.zone().equals(after.zone())) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .preparedQuery(FIRING)
                .execute(Tuple.of(before.id()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> moved(row, before, after))
                        .toList())
                .flatMap(moves -> move(transaction, moves));
    }

    private Tuple moved(Row row, Tenant before, Tenant after) {
        var sendTime =
                new SendTime(DayOfWeek.of(row.getInteger("weekday")), LocalTime.parse(row.getString("send_time")));
        var next = sendTime.moved(instant(row.getLocalDateTime("next_run_at")), before.zoneId(), after.zoneId());
        return Tuple.of(column(next), column(clock.instant()), before.id(), row.getString("id"));
    }

    private static Uni<Void> move(SqlConnection transaction, List<Tuple> moves) {
        return Batch.execute(transaction, MOVE, moves);
    }

    private static final String END =
            """
            UPDATE schedule
            SET ended_at = ?, updated_at = ?, next_run_at = NULL
            WHERE tenant_id = ? AND ended_at IS NULL""";

    /** Nothing of an ended tenant fires again. */
    @Override
    public Uni<Void> ended(SqlConnection transaction, Tenant tenant) {
        var now = column(clock.instant());
        return transaction.preparedQuery(END).execute(Tuple.of(now, now, tenant.id())).replaceWithVoid();
    }
}
