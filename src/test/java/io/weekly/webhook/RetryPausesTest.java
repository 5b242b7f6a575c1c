package io.weekly.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPausesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T11:30:00Z"), ZoneOffset.UTC);

    @Test
    void theLastAttemptIsADayAfterTheFirst() {
        var all = Duration.ZERO;
        var attempt = 1;
        for (; RetryPauses.after(attempt, Optional.empty(), new Random(attempt)).isPresent(); attempt++) {
            all = all.plus(RetryPauses.after(attempt, Optional.empty(), new Random(attempt)).orElseThrow());
        }

        assertThat(attempt).isEqualTo(8);
        assertThat(all).isBetween(Duration.ofMinutes(24 * 60 * 9 / 10), Duration.ofMinutes(24 * 60 * 11 / 10));
    }

    @Test
    void messagesThatFailedTogetherComeBackAtDifferentTimes() {
        var random = new Random(1);

        assertThat(RetryPauses.after(2, Optional.empty(), random)).isNotEqualTo(RetryPauses.after(2, Optional.empty(), random));
    }

    @Test
    void anEndpointCanAskForALongerPauseButNotForAShorterOne() {
        assertThat(RetryPauses.after(1, Optional.of(Duration.ofMinutes(2)), new Random(1))).contains(Duration.ofMinutes(2));
        assertThat(RetryPauses.after(4, Optional.of(Duration.ofMinutes(2)), new Random(1)).orElseThrow())
                .isGreaterThan(Duration.ofHours(1));
        assertThat(RetryPauses.after(8, Optional.of(Duration.ofMinutes(2)), new Random(1))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "120, PT2M", "86400, PT1H", "999999999, PT1H", "'Mon, 23 Nov 2026 11:31:00 GMT', PT1M", "'Fri, 23 Nov 2029 11:31:00 GMT', PT1H"})
    void retryAfterIsReadAndBounded(String header, Duration pause) {
        assertThat(RetryAfter.parse(header, CLOCK)).contains(pause);
    }

    @ParameterizedTest
    @CsvSource({"''", "0", "-5", "soon", "1e9", "99999999999999999999", "'Mon, 23 Nov 2026 11:29:00 GMT'"})
    void whatIsNoTimeToComeIsIgnored(String header) {
        assertThat(RetryAfter.parse(header, CLOCK)).isEmpty();
    }
}
