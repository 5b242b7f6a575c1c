package io.weekly.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SendRateTest {

    @Test
    void aPauseIsAtLeastAMillisecondBecauseTheTimerRefusesLess() {
        assertThat(SendRate.pause(1)).isEqualTo(Duration.ofMillis(1));
        assertThat(SendRate.pause(999)).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void aPauseIsNeverShorterThanTheRateAllows() {
        assertThat(SendRate.pause(1000)).isEqualTo(Duration.ofMillis(1));
        assertThat(SendRate.pause(1001)).isEqualTo(Duration.ofMillis(2));
        assertThat(SendRate.pause(40_000)).isEqualTo(Duration.ofMillis(40));
    }
}
