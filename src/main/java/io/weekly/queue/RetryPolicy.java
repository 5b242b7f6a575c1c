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
    private final Duration firstPause;
    private final Duration longestPause;

    @Inject
    RetryPolicy(QueueConfig config) {
        this(config.attempts(), config.firstPause(), config.longestPause());
    }

    RetryPolicy(int attempts, Duration firstPause, Duration longestPause) {
        this.attempts = attempts;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
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
    public Duration longestPause() {
        return longestPause;
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
        var longest = longestPause.toMillis();
        var pause = Math.min(longest, firstPause.toMillis() * (1L << doublings));
        return Duration.ofMillis(pause / 2 + random.nextLong(pause / 2 + 1));
    }
}
