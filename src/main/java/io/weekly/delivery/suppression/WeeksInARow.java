package io.weekly.delivery.suppression;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Counts ISO weeks that follow on each other without a gap. A year has 52 or 53 of them.
 *
 * <p>Reports of several weeks can be mailed on one day, after an outage for example. One full day must not count as several weeks. So a
 * week counts only if its bounce came at least {@link #APART} from the bounce of each week that counts.
 */
final class WeeksInARow {

    /** Less than a week: a mail may be deferred for some days in one week, and refused at once in the next. */
    static final Duration APART = Duration.ofDays(4);

    private WeeksInARow() {}

    /**
     * How many weeks count in the row of weeks around this one. A week that is missing ends the row on its side.
     *
     * @param bounces the known weeks, each with the time of its bounce; contains the period
     */
    static int around(String period, Map<String, Instant> bounces) {
        var times = new ArrayList<Instant>();
        reach(period, bounces, 1, times);
        reach(period, bounces, -1, times);
        times.add(bounces.getOrDefault(period, Instant.MIN));
        return apart(times);
    }

    private static void reach(String period, Map<String, Instant> bounces, int step, List<Instant> times) {
        var monday = LocalDate.parse(period + "-1", DateTimeFormatter.ISO_WEEK_DATE).plusWeeks(step);
        for (var at = bounces.get(text(monday)); at != null; at = bounces.get(text(monday))) {
            times.add(at);
            monday = monday.plusWeeks(step);
        }
    }

    /** The largest number of times that lie apart from each other. */
    private static int apart(List<Instant> times) {
        var count = 0;
        Instant last = null;
        for (var at : times.stream().sorted().toList()) {
            if (last == null || !at.isBefore(last.plus(APART))) {
                count++;
                last = at;
            }
        }
        return count;
    }

    private static String text(LocalDate monday) {
        var week = monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
        return String.format(Locale.ROOT, "%04d-W%02d", monday.get(IsoFields.WEEK_BASED_YEAR), week);
    }
}
