package io.weekly.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to try again: exponential backoff with jitter, bounded in length and in number. The jitter is "equal" (half fixed, half random; Marc
 * Brooker, Exponential Backoff And Jitter, AWS 2015): a thousand jobs that failed together do not come back together, and none at once.
 */
@ApplicationScoped
public class RetryPolicy {

    private final int attempts;
    private final Duration initialBackoff;
    private final Duration maxBackoff;

    @Inject
    RetryPolicy(QueueConfig config) {
        this(config.maxAttempts(), config.initialBackoff(), config.maxBackoff());
    }

    RetryPolicy(int attempts, Duration initialBackoff, Duration maxBackoff) {
        this.attempts = attempts;
        this.initialBackoff = initialBackoff;
        this.maxBackoff = maxBackoff;
    }

    /** The pause after that many attempts; empty when it was the last. */
    public Optional<Duration> pauseAfter(int attempt) {
        return pauseAfter(attempt, RandomGenerator.getDefault());
    }

    /** The pause after that many tries of what has no last one, in number: whoever asks bounds it in time. */
    public Duration backoff(int tries) {
        return backoff(tries, RandomGenerator.getDefault());
    }

    /** The longest there is: for what cannot even tell which attempt failed. */
    public Duration maxBackoff() {
        return maxBackoff;
    }

    /** Whether the attempts are used up before this one: its job came back from workers that died, each time. */
    public boolean isPast(int attempt) {
        return attempt > attempts;
    }

    Optional<Duration> pauseAfter(int attempt, RandomGenerator random) {
        return attempt >= attempts ? Optional.empty() : Optional.of(backoff(attempt, random));
    }

    Duration backoff(int tries, RandomGenerator random) {
        var doublings = Math.min(tries - 1, 30);
        var longest = maxBackoff.toMillis();
        var pause = Math.min(longest, initialBackoff.toMillis() * (1L << doublings));
        return Duration.ofMillis(pause / 2 + random.nextLong(pause / 2 + 1));
    }
}
