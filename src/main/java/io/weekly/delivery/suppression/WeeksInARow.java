package io.weekly.delivery.suppression;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/** Counts ISO weeks that follow on each other without a gap. A year has 52 or 53 of them. */
final class WeeksInARow {

    private WeeksInARow() {}

    /** How many weeks in a row contain this one, itself included. A week that is missing ends the row on its side. */
    static int around(String period, Collection<String> periods) {
        var known = Set.copyOf(periods);
        return 1 + reach(period, known, 1) + reach(period, known, -1);
    }

    private static int reach(String period, Set<String> known, int step) {
        var monday = LocalDate.parse(period + "-1", DateTimeFormatter.ISO_WEEK_DATE);
        var weeks = 0;
        while (known.contains(text(monday.plusWeeks((long) step * (weeks + 1))))) {
            weeks++;
        }
        return weeks;
    }

    private static String text(LocalDate monday) {
        var week = monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
        return String.format(Locale.ROOT, "%04d-W%02d", monday.get(IsoFields.WEEK_BASED_YEAR), week);
    }
}
