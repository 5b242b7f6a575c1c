package io.weekly.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitHistogramTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 20, 99, 1_000, 1_500, 60_000, 3_600_000, 86_400_000})
    void aWaitIsReportedAtMostAFifthTooLargeAndNeverTooSmall(long millis) {
        var reported = waits(millis, 1).p95Seconds() * 1000;

        assertThat(reported).isGreaterThanOrEqualTo(millis).isCloseTo(millis, withPercentage(25)).isLessThanOrEqualTo(millis * 1.19 + 1);
    }

    @Test
    void veryShortAndVeryLongWaitsAreCounted() {
        assertThat(WaitHistogram.bucket(Duration.ZERO)).isZero();
        assertThat(WaitHistogram.bucket(Duration.ofNanos(1))).isZero();
        assertThat(WaitHistogram.bucket(Duration.ofDays(1000))).isEqualTo(WaitHistogram.BUCKETS - 1);
    }

    @Test
    void fiveOfAHundredMayHaveWaitedLonger() {
        assertThat(waits(10, 95).plus(waits(60_000, 5)).p95Seconds()).isLessThan(0.013);
        assertThat(waits(10, 94).plus(waits(60_000, 6)).p95Seconds()).isGreaterThanOrEqualTo(60);
    }

    @Test
    void histogramsOfSeveralProcessesCanBeAdded() {
        var together = waits(10, 40).plus(waits(10, 50)).plus(waits(500, 10));

        assertThat(together).isEqualTo(waits(10, 90).plus(waits(500, 10)));
        assertThat(together.p95Seconds()).isBetween(0.5, 0.6);
    }

    @Test
    void thePercentileIsZeroIfNothingWasClaimed() {
        assertThat(WaitHistogram.NONE.p95Seconds()).isZero();
    }

    @Test
    void theJsonOfAWorkersRowIsReadAsItWasWritten() throws Exception {
        var json = new ObjectMapper();
        var figures = new LaneFigures(3, 20, 1, waits(10, 40).plus(waits(500, 10)));

        assertThat(json.readValue(json.writeValueAsString(figures), LaneFigures.class)).isEqualTo(figures);
        assertThat(json.readValue("{\"running\": 2, \"fromANewerVersion\": 7}", LaneFigures.class))
                .isEqualTo(new LaneFigures(2, 0, 0, WaitHistogram.NONE));
    }

    private static WaitHistogram waits(long millis, int count) {
        return WaitHistogram.of(Map.of(WaitHistogram.bucket(Duration.ofMillis(millis)), count));
    }
}
