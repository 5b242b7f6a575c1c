package io.weekly.schedule;

import io.weekly.report.Period;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * When a schedule fires: a weekday and a local time. With the zone of the tenant they give one instant in each week.
 *
 * <p>Each ISO week of a zone's calendar has exactly one occurrence, on the date of the weekday:
 * <ul>
 *   <li>If the local time exists once on that date, it is the occurrence.
 *   <li>If it exists twice (clocks go back), the first one is the occurrence.
 *   <li>If it does not exist (clocks go forward, or the zone skips a whole day, as Pacific/Apia skipped Friday, 2011-12-30), the
 *       occurrence is the first moment after the gap. {@link java.time.ZonedDateTime} would add the length of the gap instead: then a
 *       schedule of 02:30 would fire after one of 03:15, and one of Friday 23:00 a whole day after the end of the week in Apia. Schedules
 *       in the same gap fire in the order of their ids.
 * </ul>
 *
 * <p>A gap on a Sunday may end on the Monday. Such an occurrence still belongs to the week of the Sunday: {@link #reportedAt} uses the date
 * in the calendar and not the moment, so no period comes twice.
 *
 * @param weekday the day of the week in the zone of the tenant
 * @param time the time of day in that zone
 */
public record SendTime(DayOfWeek weekday, LocalTime time) {

    /** The first occurrence strictly later than {@code after}. */
    public Instant next(Instant after, ZoneId zone) {
        var day = dayInWeekOf(after, zone).minusWeeks(1);
        while (!moment(day, zone).isAfter(after)) {
            day = day.plusWeeks(1);
        }
        return moment(day, zone);
    }

    /** The occurrence in an ISO week. */
    public Instant in(Period week, ZoneId zone) {
        return moment(week.monday().with(TemporalAdjusters.nextOrSame(weekday)), zone);
    }

    /** The last occurrence at or before {@code now}; after an outage it may have to be caught up. There always is one. */
    public Instant last(Instant now, ZoneId zone) {
        return moment(lastDay(now, zone), zone);
    }

    /**
     * The period of the reports that are sent at an occurrence: the last full week before its date.
     *
     * @param occurrence a result of {@link #next} or {@link #last}; for any other instant, the last occurrence before it is used
     */
    public Period reportedAt(Instant occurrence, ZoneId zone) {
        return Period.of(lastDay(occurrence, zone)).previous();
    }

    /**
     * The occurrence after the tenant has moved to another zone: the same date and time there, which may lie in the past. So a change of
     * the zone neither skips a week nor sends one twice.
     */
    public Instant moved(Instant occurrence, ZoneId from, ZoneId to) {
        return moment(lastDay(occurrence, from), to);
    }

    private LocalDate lastDay(Instant now, ZoneId zone) {
        var day = dayInWeekOf(now, zone).plusWeeks(1);
        while (moment(day, zone).isAfter(now)) {
            day = day.minusWeeks(1);
        }
        return day;
    }

    /** The date of the weekday in the ISO week in which an instant lies in the zone. */
    private LocalDate dayInWeekOf(Instant instant, ZoneId zone) {
        return LocalDate.ofInstant(instant, zone)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .with(TemporalAdjusters.nextOrSame(weekday));
    }

    private Instant moment(LocalDate day, ZoneId zone) {
        var wanted = day.atTime(time);
        var offsets = zone.getRules().getValidOffsets(wanted);
        return offsets.isEmpty()
                ? zone.getRules().getTransition(wanted).getInstant()
                : wanted.toInstant(offsets.getFirst());
    }
}
