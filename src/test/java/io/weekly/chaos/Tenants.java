package io.weekly.chaos;

import io.weekly.testing.Application;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Large and small tenants. Their schedules become due one after another, so that both lanes always have work. */
final class Tenants {

    private static final int[] PERCENT = {25, 5, 20, 10, 20, 2, 18};
    /** Seven tenants for each of this number of reports. Each tenant adds a run that starts and finishes during the failures. */
    private static final int REPORTS_PER_SEVEN_TENANTS = 1000;
    /** The next schedule becomes due when fewer reports are open. */
    private static final int MIN_OPEN_REPORTS = 30;

    private static final String OPEN = "SELECT COUNT(*) FROM report WHERE status IN ('queued', 'generated')";
    private static final String ENQUEUED = "SELECT COUNT(*) FROM run WHERE state <> 'enqueuing'";

    private final Application application;
    private final int reports;
    private final int count;
    private int due;

    Tenants(Application application, int reports) throws SQLException {
        this.application = application;
        this.reports = reports;
        var sevens = Math.max(1, reports / REPORTS_PER_SEVEN_TENANTS);
        this.count = sevens * PERCENT.length;
        var left = reports;
        for (var tenant = count; tenant >= 1; tenant--) {
            var recipients = tenant == 1 ? left : Math.max(1, reports * PERCENT[(tenant - 1) % PERCENT.length] / 100 / sevens);
            left -= recipients;
            make(tenant, recipients);
        }
    }

    int count() {
        return count;
    }

    /** The number of reports of all tenants. */
    int due() {
        return reports;
    }

    private void make(int tenant, int recipients) throws SQLException {
        application.sql("""
            INSERT INTO tenant (id, slug, name, zone, locale, color, created_at, updated_at)
            VALUES (%1$d, 'tenant-%1$d', 'Tenant %1$d', 'Europe/Vienna', 'de', '#0a66c2', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"""
                .formatted(tenant));
        var rows = new StringBuilder();
        for (var i = 0; i < recipients; i++) {
            rows.append(i == 0 ? "" : ", ").append(
                    "(%1$d, 'u%2$d', 'R %2$d', 'u%2$d@tenant-%1$d.test', '[]', TRUE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"
                            .formatted(tenant, i));
        }
        application.sql("INSERT INTO recipient (tenant_id, user_id, name, email, tags, active, created_at, updated_at) VALUES " + rows);
        application.sql("""
            INSERT INTO schedule (tenant_id, id, definition, weekday, send_time, window_minutes, formats, delivery, owner, catch_up,
                                  approval, paused, next_run_at, created_at, updated_at)
            VALUES (%1$d, UNHEX('%1$032x'), 'weekly-business', %2$d, '07:00', 0, 'pdf', 'attachment',
                    'o@tenant-%1$d.test', 'latest', 'none', FALSE, NULL, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"""
                .formatted(tenant, farFromToday().getValue()));
    }

    /** A weekday on which no schedule becomes due by itself during the test. */
    private static DayOfWeek farFromToday() {
        return LocalDate.now(ZoneOffset.UTC).getDayOfWeek().plus(3);
    }

    /** Makes the next schedule due when the reports before are nearly finished. It is due for the slowest clock, too. */
    void startNextWhenReady() throws SQLException {
        if (due < count && application.count(ENQUEUED) == due && application.count(OPEN) < MIN_OPEN_REPORTS) {
            due++;
            application.sql("UPDATE schedule SET next_run_at = UTC_TIMESTAMP(6) - INTERVAL %d SECOND WHERE tenant_id = %d"
                    .formatted(Plan.MAX_CLOCK_OFFSET.toSeconds(), due));
        }
    }
}
