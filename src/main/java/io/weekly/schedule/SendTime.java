package io.weekly.schedule;

import io.weekly.report.Period;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * When a schedule fires: a weekday and a local time, which every tenant's zone turns into an instant of its own, once a week.
 *
 * <p>Each ISO week of the zone's calendar has exactly one occurrence, that of its weekday's date:
 * <ul>
 *   <li>The local time exists once: then.
 *   <li>It exists twice (clocks go back): the first of the two, and not again.
 *   <li>It does not exist (clocks go forward, or the zone skips a whole day as Pacific/Apia did with Friday, 2011-12-30): the first
 *       moment after the gap. Not later by the gap's length, as {@link java.time.ZonedDateTime} has it: a schedule of 02:30 would then
 *       overtake one of 03:15, and one of Friday 23:00 would come a whole day after the moment that everybody in
 *       Apia took for the end of the week. A week is never left out, and reports of the same gap come in the order of their ids.
 * </ul>
 *
 * <p>A gap may end on a Monday for a send time on the Sunday before. Such an occurrence still belongs to the Sunday's week:
 * {@link #reportedAt} goes by the calendar's date and not by the moment, so that no period comes twice.
 *
 * @param weekday the day of the week in the tenant's zone
 * @param time the time of day there
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

    /** The occurrence of an ISO week of the zone's calendar. */
    public Instant in(Period week, ZoneId zone) {
        return moment(week.monday().with(TemporalAdjusters.nextOrSame(weekday)), zone);
    }

    /** The last occurrence at or before {@code now}: what is to be caught up after an outage. There always is one. */
    public Instant last(Instant now, ZoneId zone) {
        return moment(lastDay(now, zone), zone);
    }

    /**
     * The period of the reports that are sent at an occurrence: the last full week before its date.
     *
     * @param occurrence what {@link #next} or {@link #last} answered; for any other instant, the last occurrence before it counts
     */
    public Period reportedAt(Instant occurrence, ZoneId zone) {
        return Period.of(lastDay(occurrence, zone)).previous();
    }

    /**
     * What becomes of an occurrence when the tenant moves to another zone: the same date and time there, which may be past. So a change of
     * zone neither leaves a week out nor sends one twice.
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
