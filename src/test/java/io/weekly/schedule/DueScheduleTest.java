package io.weekly.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.report.DeliveryMode;
import io.weekly.report.Period;
import io.weekly.report.ReportFormat;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a schedule will still report on a week. It fires on Mondays at 07:00; now is Wednesday, 2026-11-25 (week 48). */
class DueScheduleTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Vienna");
    private static final Instant NOW = at("2026-11-25T12:00");

    @ParameterizedTest(name = "{0}, due at {1}: {2} is reported at {3}")
    @CsvSource({
        // On time: week 48 comes next Monday, week 47 was sent on this Monday.
        "latest, 2026-11-30T07:00, 2026-W48, 2026-11-30T07:00", "latest, 2026-11-30T07:00, 2026-W47, ",
        "latest, 2026-11-30T07:00, 2026-W40, ",
        // A week that has not begun.
        "latest, 2026-11-30T07:00, 2026-W49, ", "all, 2026-11-30T07:00, 9999-W52, ",
        // This Monday was missed, and the next tick catches it up.
        "latest, 2026-11-23T07:00, 2026-W47, 2026-11-23T07:00", "all, 2026-11-23T07:00, 2026-W47, 2026-11-23T07:00",
        "none, 2026-11-23T07:00, 2026-W47, ", "none, 2026-11-23T07:00, 2026-W48, 2026-11-30T07:00",
        // Three Mondays were missed.
        "latest, 2026-11-09T07:00, 2026-W45, ", "latest, 2026-11-09T07:00, 2026-W47, 2026-11-23T07:00",
        "all, 2026-11-09T07:00, 2026-W45, 2026-11-09T07:00", "all, 2026-11-09T07:00, 2026-W46, 2026-11-16T07:00",
        "all, 2026-11-09T07:00, 2026-W44, "
    })
    void aScheduleReportsOnAWeekIfItsOccurrenceIsStillToCome(String catchUp, String dueAt, String period, String expected) {
        var schedule = new DueSchedule(
                "0", 1, "weekly-business", new SendTime(DayOfWeek.MONDAY, LocalTime.of(7, 0)), ZONE, 0, List.of(ReportFormat.PDF),
                DeliveryMode.ATTACHMENT, null, null, CatchUp.of(catchUp), at(dueAt));

        assertThat(schedule.reports(Period.parse(period), NOW)).isEqualTo(Optional.ofNullable(expected).map(DueScheduleTest::at));
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(ZONE).toInstant();
    }
}
