package io.weekly.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** A send time, a zone, and a moment after which occurrences are searched. The search goes through the days and knows no weeks. */
record SendTimeCase(ZoneId zone, Instant after, SendTime sendTime) {

    Instant next() {
        return sendTime.next(after, zone);
    }

    List<Instant> days(LocalDate from, int days) {
        return from.datesUntil(from.plusDays(days))
                .filter(day -> day.getDayOfWeek() == sendTime.weekday())
                .map(day -> firstMomentOf(day.atTime(sendTime.time())))
                .toList();
    }

    LocalDateTime wantedBefore(LocalDateTime local) {
        var day = local.toLocalDate();
        while (day.getDayOfWeek() != sendTime.weekday()) {
            day = day.minusDays(1);
        }
        var wanted = day.atTime(sendTime.time());
        return wanted.isAfter(local) ? wanted.minusWeeks(1) : wanted;
    }

    /** When the clocks first show this time or a later one. Found by bisection, not with the zone's table of transitions. */
    private Instant firstMomentOf(LocalDateTime wanted) {
        var low = wanted.toInstant(ZoneOffset.UTC).minusSeconds(3 * 86_400).getEpochSecond();
        var high = low + 6 * 86_400;
        var exact = zone.getRules().getValidOffsets(wanted).stream().map(wanted::toInstant).sorted().findFirst();
        if (exact.isPresent()) {
            return exact.get();
        }
        while (high - low > 1) {
            var middle = (low + high) / 2;
            if (LocalDateTime.ofInstant(Instant.ofEpochSecond(middle), zone).isBefore(wanted)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Instant.ofEpochSecond(high);
    }
}
