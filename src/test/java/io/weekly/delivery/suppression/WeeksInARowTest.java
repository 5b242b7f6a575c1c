package io.weekly.delivery.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeeksInARowTest {

    @ParameterizedTest(name = "{1} of {0} is in {2} weeks")
    @CsvSource({
        "2026-W47, 2026-W47, 1",
        "2026-W45 2026-W46 2026-W47, 2026-W47, 3",
        "2026-W44 2026-W46 2026-W47, 2026-W47, 2",
        // The notification of an older week arrives last.
        "2026-W45 2026-W46 2026-W47, 2026-W46, 3",
        "2026-W45 2026-W46 2026-W47, 2026-W45, 3",
        // 2026 has 53 weeks, 2025 has 52.
        "2026-W52 2026-W53 2027-W01, 2027-W01, 3",
        "2026-W52 2027-W01, 2027-W01, 1",
        "2025-W51 2025-W52 2026-W01, 2026-W01, 3",
    })
    void weeksCountAsLongAsNoneIsMissingBetweenThem(String known, String week, int expected) {
        assertThat(WeeksInARow.around(week, inTime(known))).isEqualTo(expected);
    }

    /** Each week's bounce came on the Monday after it. */
    private static Map<String, Instant> inTime(String known) {
        return Stream.of(known.split(" ")).collect(Collectors.toMap(week -> week, week ->
                LocalDate.parse(week + "-1", DateTimeFormatter.ISO_WEEK_DATE).plusDays(7).atStartOfDay().toInstant(ZoneOffset.UTC)));
    }

    /** The days on which the bounces of W44, W45, … came. */
    @ParameterizedTest
    @CsvSource({
        "0 7 14,     3",
        "0 4 8,      3",
        "0 3 7,      2",
        // Three weeks that were missed are mailed on one day.
        "0 0 0,      1",
        "0 0 0 7,    2",
        "0 0 0 7 14, 3",
        // The last mail was tried for three days, and the next one refused at once.
        "0 10 14,    3",
        // The notifications arrive in the wrong order.
        "14 7 0,     3"
    })
    void weeksThatWereMailedTogetherCountOnce(String days, int expected) {
        var bounces = new HashMap<String, Instant>();
        for (var day : days.split(" ")) {
            bounces.put("2026-W" + (44 + bounces.size()), Instant.parse("2026-11-02T09:00:00Z").plus(Duration.ofDays(Long.parseLong(day))));
        }

        assertThat(WeeksInARow.around("2026-W44", bounces)).isEqualTo(expected);
    }
}
