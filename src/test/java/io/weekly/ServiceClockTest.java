package io.weekly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class ServiceClockTest {

    @Test
    void withoutOffsetTheClockIsRight() {
        assertThat(new ServiceClock().clock(Duration.ZERO).instant()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void theClockIsOffByItsOffset() {
        var behind = Duration.ofHours(-3);

        assertThat(new ServiceClock().clock(behind).instant()).isCloseTo(Instant.now().plus(behind), within(1, ChronoUnit.MINUTES));
    }
}
