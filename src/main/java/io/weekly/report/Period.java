package io.weekly.report;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The week that a report covers: an ISO 8601 week from Monday to Sunday, written {@code 2026-W47}. Its year is the week-based year:
 * 2024-12-30 belongs to {@code 2025-W01}.
 *
 * @param year the week-based year, 1 to 9999
 * @param week 1 to 52, or 53 in long years
 */
@Schema(type = SchemaType.STRING, pattern = "[0-9]{4}-W[0-9]{2}", examples = "2026-W47")
public record Period(int year, int week) implements Comparable<Period> {

    private static final Pattern TEXT = Pattern.compile("([0-9]{4})-W([0-9]{2})");

    /** @throws NoSuchWeekException if the year has no such week */
    public Period {
        if (year < 1 || year > 9999 || week < 1 || week > weeksOf(year)) {
            throw new NoSuchWeekException(year, week);
        }
    }

    /** The year has no such week. Its message is meant for clients. */
    public static final class NoSuchWeekException extends IllegalArgumentException {

        private static final long serialVersionUID = 1;

        NoSuchWeekException(int year, int week) {
            super("%04d has no week %d".formatted(year, week));
        }
    }

    /**
     * Parses {@code YYYY-Www}. Other notations of ISO 8601 are refused.
     *
     * @throws IllegalArgumentException for any other text, and for a week 53 in a year with 52
     */
    @JsonCreator
    public static Period parse(String text) {
        var match = TEXT.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("a period is an ISO week such as 2026-W47");
        }
        return new Period(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
    }

    /** The week of a day. */
    public static Period of(LocalDate day) {
        return new Period(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    /** The last week that has completely passed at this instant, by the clocks of the zone. */
    public static Period lastFullWeek(Instant now, ZoneId zone) {
        return of(LocalDate.ofInstant(now, zone)).previous();
    }

    /** The last week that has completely passed now, by the clocks of the zone. */
    public static Period lastFullWeek(Clock clock, ZoneId zone) {
        return lastFullWeek(clock.instant(), zone);
    }

    /** Whether it has completely passed at this instant, by the clocks of the zone. */
    public boolean isOver(Instant now, ZoneId zone) {
        return compareTo(lastFullWeek(now, zone)) <= 0;
    }

    /** Its first day. */
    public LocalDate monday() {
        // In every year, January 4th belongs to week 1.
        return LocalDate.of(year, 1, 4)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .plusWeeks(week - 1L);
    }

    /** Its last day. */
    public LocalDate sunday() {
        return monday().plusDays(6);
    }

    /** The week after it. */
    public Period next() {
        return of(monday().plusWeeks(1));
    }

    /** The week before it. */
    public Period previous() {
        return of(monday().minusWeeks(1));
    }

    /** Earlier weeks first; their texts sort the same. */
    @Override
    public int compareTo(Period other) {
        return year != other.year ? Integer.compare(year, other.year) : Integer.compare(week, other.week);
    }

    @Override
    @JsonValue
    public String toString() {
        return "%04d-W%02d".formatted(year, week);
    }

    private static int weeksOf(int year) {
        // In every year, December 28th belongs to the last week.
        return LocalDate.of(year, 12, 28).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }
}
