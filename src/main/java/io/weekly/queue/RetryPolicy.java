package io.weekly.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides when to try again: exponential backoff with jitter, with a longest pause and a largest number of attempts. It uses "equal
 * jitter": half of the pause is fixed, and the other half is random (Marc Brooker, Exponential Backoff And Jitter, AWS 2015). So if many
 * jobs fail at the same time, they are tried again at different times, and none is tried again at once.
 */
@ApplicationScoped
public class RetryPolicy {

    private final int maxAttempts;
    private final Duration initialBackoff;
    private final Duration maxBackoff;

    @Inject
    RetryPolicy(QueueConfig config) {
        this(config.maxAttempts(), config.initialBackoff(), config.maxBackoff());
    }

    RetryPolicy(int maxAttempts, Duration initialBackoff, Duration maxBackoff) {
        this.maxAttempts = maxAttempts;
        this.initialBackoff = initialBackoff;
        this.maxBackoff = maxBackoff;
    }

    /** The pause after this attempt (from 1); empty if it was the last one. */
    public Optional<Duration> pauseAfter(int attempt) {
        return pauseAfter(attempt, RandomGenerator.getDefault());
    }

    /** The pause after that many tries (from 1), without a limit of their number: the caller limits the time. */
    public Duration backoff(int tries) {
        return backoff(tries, RandomGenerator.getDefault());
    }

    /**
     * A pause of at least {@code least}, if that is below the longest pause. It is random, and longer for what has waited longer: many jobs
     * that wait for the same thing come back one after the other, and not all at once.
     */
    public Duration spread(Duration least, Duration waited) {
        var base = least.compareTo(maxBackoff) < 0 ? least : maxBackoff.dividedBy(2);
        var width = List.of(base, waited.dividedBy(2), initialBackoff).stream().max(Duration::compareTo).orElseThrow();
        var most = List.of(width, maxBackoff.minus(base)).stream().min(Duration::compareTo).orElseThrow();
        return base.plusMillis(RandomGenerator.getDefault().nextLong(Math.max(1, most.toMillis())) + 1);
    }

    /** The longest pause. */
    public Duration maxBackoff() {
        return maxBackoff;
    }

    /** Whether all attempts were used before this one. That happens only if the worker of the last attempt died. */
    public boolean isPast(int attempt) {
        return attempt > maxAttempts;
    }

    Optional<Duration> pauseAfter(int attempt, RandomGenerator random) {
        return attempt >= maxAttempts ? Optional.empty() : Optional.of(backoff(attempt, random));
    }

    Duration backoff(int tries, RandomGenerator random) {
        var doublings = Math.min(tries - 1, 30);
        var max = maxBackoff.toMillis();
        var pause = Math.min(max, initialBackoff.toMillis() * (1L << doublings));
        return Duration.ofMillis(pause / 2 + random.nextLong(pause / 2 + 1));
    }
}
