package io.weekly.delivery.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
        assertThat(WeeksInARow.around(week, List.of(known.split(" ")))).isEqualTo(expected);
    }
}
