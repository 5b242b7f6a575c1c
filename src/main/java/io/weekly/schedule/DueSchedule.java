package io.weekly.schedule;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Utc;
import io.weekly.report.DeliveryMode;
import io.weekly.run.Audience;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** A schedule whose time has come. */
record DueSchedule(
        String id,
        int tenantId,
        String definition,
        SendTime sendTime,
        ZoneId zone,
        int windowMinutes,
        List<String> formats,
        DeliveryMode delivery,
        Audience audience,
        String canaryFor,
        CatchUp catchUp,
        Instant dueAt) {

    /** How late a tick may be before a send time counts as missed: longer than a rolling restart, shorter than an outage. */
    private static final Duration GRACE = Duration.ofMinutes(15);

    static DueSchedule of(Row row) {
        return new DueSchedule(
                row.getString("id"),
                row.getInteger("tenant_id"),
                row.getString("definition"),
                new SendTime(DayOfWeek.of(row.getInteger("weekday")), LocalTime.parse(row.getString("send_time"))),
                ZoneId.of(row.getString("zone")),
                row.getInteger("window_minutes"),
                List.of(row.getString("formats").split(",")),
                DeliveryMode.of(row.getString("delivery")).orElseThrow(),
                Audience.of(row.getString("audience")),
                row.getString("approval").equals("canary") ? row.getString("owner") : null,
                CatchUp.of(row.getString("catch_up")),
                Utc.instant(row.getLocalDateTime("next_run_at")));
    }

    /** The send time that is to fire now; empty where all that passed are to be let go. */
    Optional<Instant> fires(Instant now) {
        var latest = sendTime.last(now, zone);
        return switch (catchUp) {
            case ALL -> Optional.of(dueAt);
            case LATEST -> Optional.of(latest);
            case NONE -> latest.plus(GRACE).isBefore(now) ? Optional.empty() : Optional.of(latest);
        };
    }

    /** When the schedule is due again, after what {@link #fires} said. */
    Instant next(Instant now) {
        return sendTime.next(catchUp == CatchUp.ALL ? dueAt : now, zone);
    }
}
