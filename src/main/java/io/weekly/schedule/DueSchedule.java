package io.weekly.schedule;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Utc;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Period;
import io.weekly.report.ReportFormat;
import io.weekly.run.Approval;
import io.weekly.run.Audience;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A schedule with its next occurrence. {@code Tick} fires it when the occurrence has passed.
 *
 * @param audience which recipients get a report; null for all
 * @param approver the e-mail address that gets the canaries; null if nobody has to approve
 */
record DueSchedule(
        String id,
        int tenantId,
        String definition,
        SendTime sendTime,
        ZoneId zone,
        int windowMinutes,
        List<ReportFormat> formats,
        DeliveryMode delivery,
        @Nullable Audience audience,
        @Nullable String approver,
        CatchUp catchUp,
        Instant dueAt) {

    /** A tick may be this late before a send time counts as missed: longer than a rolling restart, shorter than an outage. */
    private static final Duration GRACE = Duration.ofMinutes(15);

    static DueSchedule of(Row row) {
        return new DueSchedule(
                row.getString("id"),
                row.getInteger("tenant_id"),
                row.getString("definition"),
                new SendTime(DayOfWeek.of(row.getInteger("weekday")), LocalTime.parse(row.getString("send_time"))),
                ZoneId.of(row.getString("zone")),
                row.getInteger("window_minutes"),
                ReportFormat.ofColumn(row.getString("formats")),
                DeliveryMode.of(row.getString("delivery")).orElseThrow(),
                Audience.of(row.getString("audience")),
                Approval.of(row.getString("approval")) == Approval.CANARY ? row.getString("owner") : null,
                CatchUp.of(row.getString("catch_up")),
                Utc.instant(row.getLocalDateTime("next_run_at")));
    }

    /** The occurrence that fires now; empty if all that have passed are skipped. */
    Optional<Instant> fires(Instant now) {
        var latest = sendTime.last(now, zone);
        return switch (catchUp) {
            case ALL -> Optional.of(dueAt);
            case LATEST -> Optional.of(latest);
            case NONE -> latest.plus(GRACE).isBefore(now) ? Optional.empty() : Optional.of(latest);
        };
    }

    /** When it will report on this period; empty if it will not, or if the week has not begun. */
    Optional<Instant> reports(Period period, Instant now) {
        if (period.compareTo(Period.lastFullWeek(now, zone).next()) > 0) {
            return Optional.empty();
        }
        var occurrence = sendTime.in(period.next(), zone);
        var isMissed = !occurrence.isAfter(now) && catchUp != CatchUp.ALL && !fires(now).equals(Optional.of(occurrence));
        return occurrence.isBefore(dueAt) || isMissed ? Optional.empty() : Optional.of(occurrence);
    }

    /** When the schedule is due again after {@link #fires}. */
    Instant next(Instant now) {
        return sendTime.next(catchUp == CatchUp.ALL ? dueAt : now, zone);
    }
}
