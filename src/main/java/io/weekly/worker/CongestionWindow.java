package io.weekly.worker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How many dialogues at the same time a mail server takes, as far as this process knows: additive increase, multiplicative decrease. With
 * this rule several processes that do not know each other share what there is (Chiu and Jain, Analysis of the Increase and Decrease
 * Algorithms, 1989; TCP's congestion window, RFC 5681). If all dialogues of a round were taken, the window grows by one. A refusal halves
 * it, once for all dialogues that had begun before. If a single dialogue is refused, the next one waits: one second, then doubling, half of
 * it random, until a dialogue is taken.
 *
 * <p>It has no clock and no lock: times are nanoseconds as {@link System#nanoTime} counts, and the caller must not call it concurrently.
 */
final class CongestionWindow {

    private static final Duration INITIAL_BACKOFF = Duration.ofSeconds(1);

    private final int maxSize;
    private final long maxBackoff;
    private final RandomGenerator random;

    private int size;
    private int round;
    private int takenAtThisSize;
    private int refusedAtOne;
    private long waitUntil;

    /** @param maxSize the size at the start, and the largest */
    CongestionWindow(int maxSize, Duration maxBackoff, RandomGenerator random) {
        this.maxSize = maxSize;
        this.maxBackoff = maxBackoff.toNanos();
        this.random = random;
        this.size = maxSize;
    }

    /** The round of a dialogue that begins now: {@link #taken} and {@link #refused} need it. */
    int round() {
        return round;
    }

    /** The server took a mail, or rejected it permanently. */
    void taken(int ofRound) {
        refusedAtOne = 0;
        // A dialogue that began before the last refusal says nothing about the size now.
        if (ofRound == round && size < maxSize && ++takenAtThisSize >= size) {
            size++;
            takenAtThisSize = 0;
        }
    }

    /**
     * The server refused.
     *
     * @return whether that changed anything: all dialogues of a round count once
     */
    boolean refused(int ofRound, long now) {
        if (ofRound != round) {
            return false;
        }
        round++;
        takenAtThisSize = 0;
        if (size > 1) {
            size /= 2;
        } else {
            refusedAtOne++;
            waitUntil = now + backoff();
        }
        return true;
    }

    private long backoff() {
        var doublings = Math.min(refusedAtOne - 1, 30);
        var pause = Math.min(maxBackoff, INITIAL_BACKOFF.toNanos() << doublings);
        return pause / 2 + random.nextLong(pause / 2 + 1);
    }

    /** From 1 to the maximum. */
    int size() {
        return size;
    }

    boolean isSmallest() {
        return size == 1;
    }

    boolean isLargest() {
        return size == maxSize;
    }

    /** Whether a single dialogue was refused and nothing has been taken since: the next dialogue is a probe. */
    boolean isProbing() {
        return refusedAtOne > 0;
    }

    /** Whether it is too early for the next probe. */
    boolean isWaiting(long now) {
        return isProbing() && now - waitUntil < 0;
    }
}
