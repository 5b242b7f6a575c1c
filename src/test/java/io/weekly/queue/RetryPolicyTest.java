package io.weekly.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class RetryPolicyTest {

    @Property
    void aPauseIsAtMostTheMaximumAndAtLeastHalfOfTheBackoff(
            @ForAll @IntRange(min = 1, max = 100) int attempts,
            @ForAll @IntRange(min = 1, max = 120) int attempt,
            @ForAll @LongRange(min = 1, max = 60_000) long initialMillis,
            @ForAll @LongRange(min = 60_000, max = 86_400_000) long maxMillis,
            @ForAll long seed) {
        var policy = new RetryPolicy(attempts, Duration.ofMillis(initialMillis), Duration.ofMillis(maxMillis));

        var pause = policy.pauseAfter(attempt, new Random(seed));

        assertThat(pause.isPresent()).isEqualTo(attempt < attempts);
        pause.ifPresent(chosen -> {
            var wanted = Math.min((double) maxMillis, initialMillis * Math.pow(2, attempt - 1));
            assertThat(chosen.toMillis()).isBetween((long) Math.floor(wanted / 2) - 1, (long) Math.ceil(wanted));
        });
    }

    /** A mail server may say "not now" for longer than there are attempts. */
    @Property
    void theBackoffHasNoLastTry(@ForAll @IntRange(min = 1) int tries, @ForAll long seed) {
        var policy = new RetryPolicy(5, Duration.ofSeconds(5), Duration.ofMinutes(10));

        assertThat(policy.backoff(tries, new Random(seed)))
                .isBetween(Duration.ofMillis(2500), Duration.ofMinutes(10))
                .isGreaterThanOrEqualTo(tries > 8 ? Duration.ofMinutes(5) : Duration.ZERO);
    }

    @Property
    void thePolicyEnds(@ForAll @IntRange(min = 1, max = 100) int attempts) {
        var policy = new RetryPolicy(attempts, Duration.ofSeconds(1), Duration.ofMinutes(1));

        assertThat(policy.pauseAfter(attempts, new Random(1))).isEmpty();
        assertThat(policy.isPast(attempts)).isFalse();
        assertThat(policy.isPast(attempts + 1)).isTrue();
    }
}
