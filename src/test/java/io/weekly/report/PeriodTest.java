package io.weekly.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PeriodTest {

    @Example
    void onlyLongYearsHaveAWeek53() {
        assertThat(Period.parse("2026-W53").sunday()).isEqualTo(LocalDate.of(2027, 1, 3));
        assertThat(Period.parse("2020-W53").next()).isEqualTo(Period.parse("2021-W01"));

        assertThatIllegalArgumentException().isThrownBy(() -> Period.parse("2025-W53"));
    }

    @Example
    void otherNotationsAreRefused() {
        for (var text : List.of(
                "", "2026", "2026-47", "2026-W7", "2026-w47", "2026-W00", "2026-W54", "26-W47", "2026-W47 ", " 2026-W47",
                "2026W47", "+2026-W47", "2026-W47-1", "0000-W01", "２０２６-W47", "2026-W47\n")) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> Period.parse(text));
        }
    }

    @Example
    void theLastFullWeekHasCompletelyPassed() {
        var zone = ZoneId.of("Pacific/Auckland");
        var mondayMorning = LocalDate.of(2026, 11, 23).atStartOfDay(zone).toInstant();

        assertThat(Period.lastFullWeek(mondayMorning, zone)).isEqualTo(Period.parse("2026-W47"));
        assertThat(Period.lastFullWeek(mondayMorning.minusNanos(1), zone)).isEqualTo(Period.parse("2026-W46"));
        assertThat(Period.lastFullWeek(mondayMorning, ZoneId.of("UTC"))).isEqualTo(Period.parse("2026-W46"));
    }

    @Example
    void aDayAroundNewYearBelongsToTheWeekBasedYear() {
        assertThat(Period.of(LocalDate.of(2024, 12, 30))).isEqualTo(Period.parse("2025-W01"));
        assertThat(Period.of(LocalDate.of(2027, 1, 3))).isEqualTo(Period.parse("2026-W53"));
        assertThat(Period.lastFullWeek(Instant.parse("2025-01-05T12:00:00Z"), ZoneId.of("UTC")))
                .isEqualTo(Period.parse("2024-W52"));
    }

    @Property
    void everyDayBelongsToExactlyOneWeek(@ForAll @IntRange(max = 47_500) int epochDay) {
        var day = LocalDate.ofEpochDay(epochDay);
        var period = Period.of(day);

        assertThat(period).hasToString(day.format(DateTimeFormatter.ofPattern("YYYY-'W'ww", Locale.GERMANY)));
        assertThat(Period.parse(period.toString())).isEqualTo(period);
        assertThat(period.monday().getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(day).isBetween(period.monday(), period.sunday());
        assertThat(period.next().monday()).isEqualTo(period.sunday().plusDays(1));
        assertThat(period.next().previous()).isEqualTo(period);
        assertThat(period).isLessThan(period.next());
        assertThat(period.toString()).isLessThan(period.next().toString());
    }

    @Example
    void jsonUsesTheText() throws Exception {
        var json = new ObjectMapper();

        assertThat(json.writeValueAsString(Period.parse("2026-W47"))).isEqualTo("\"2026-W47\"");
        assertThat(json.readValue("\"2026-W47\"", Period.class)).isEqualTo(new Period(2026, 47));
    }
}
