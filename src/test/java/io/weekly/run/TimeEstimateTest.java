package io.weekly.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeEstimateTest {

    @ParameterizedTest
    @CsvSource({"100, 50, 10, 10", "100, 99, 10, 5", "100, 100, 10, 0", "1000, 100, 10, 90", "100000, 1000, 60, 5940"})
    void theRestTakesAsLongInProportionAsWhatHasEnded(int all, int ended, int seconds, long left) {
        assertThat(TimeEstimate.secondsLeft(all, ended, Duration.ofSeconds(seconds))).isEqualTo(left);
    }

    @Test
    void aRunThatStartsInTheFutureHasNoEstimate() {
        assertThat(TimeEstimate.secondsLeft(100, 50, Duration.ofHours(-3))).isNull();
    }

    @Test
    void thereIsNoEstimateBeforeAnythingHasEnded() {
        assertThat(TimeEstimate.secondsLeft(100, 0, Duration.ofSeconds(10))).isNull();
    }
}
