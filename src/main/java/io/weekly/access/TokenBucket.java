package io.weekly.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Limits how often something may happen: at most {@code capacity} times at once, and {@code perSecond} times a second over a long time. The
 * bucket starts full. (It has nothing to do with tokens of callers: each event takes a token out of the bucket.)
 */
final class TokenBucket {

    private static final double MILLIS = 1000;

    private final double capacity;
    private final double perMilli;
    private double left;
    private long refilledAt;

    TokenBucket(int capacity, double perSecond, Instant now) {
        this.capacity = capacity;
        this.perMilli = perSecond / MILLIS;
        this.left = capacity;
        this.refilledAt = now.toEpochMilli();
    }

    /** Empty if the event is within the limit; else how long to wait for the next one. A refused event takes nothing. */
    synchronized Optional<Duration> take(Instant now) {
        refill(now.toEpochMilli());
        if (left >= 1) {
            left -= 1;
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis((long) Math.ceil((1 - left) / perMilli)));
    }

    /** If the clock goes back, nothing is added until it has caught up, and nothing is taken away. */
    private void refill(long now) {
        if (now > refilledAt) {
            left = Math.min(capacity, left + (now - refilledAt) * perMilli);
            refilledAt = now;
        }
    }
}
