package io.weekly.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a message is sent again: after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and about 6 h, so the last attempt is a day after the first. Each
 * pause is up to a tenth longer or shorter, so that messages that failed together do not come back together.
 */
final class RetryPauses {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(5),
            Duration.ofHours(10), Duration.ofMinutes(385));
    private static final double JITTER = 0.1;

    private RetryPauses() {}

    /**
     * The pause after an attempt that failed; empty if it was the last one.
     *
     * @param attempt from 1
     * @param retryAfter what the endpoint asks for, already bounded; a shorter pause becomes this long
     */
    static Optional<Duration> after(int attempt, Optional<Duration> retryAfter, RandomGenerator random) {
        if (attempt > PAUSES.size()) {
            return Optional.empty();
        }
        var millis = PAUSES.get(attempt - 1).toMillis();
        var pause = Duration.ofMillis(millis + Math.round(millis * JITTER * (2 * random.nextDouble() - 1)));
        return Optional.of(retryAfter.filter(asked -> asked.compareTo(pause) > 0).orElse(pause));
    }
}
