package io.weekly.worker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Estimates how many dialogues a mail server accepts at the same time: additive increase, multiplicative decrease. With this rule, several
 * processes share the capacity of the server although they do not communicate (Chiu and Jain, Analysis of the Increase and Decrease
 * Algorithms, 1989; TCP's congestion window, RFC 5681). A round is the time between two refusals that changed the window. A refusal halves
 * the window and begins a new round. Refusals of dialogues that began in an earlier round change nothing, so refusals of the same moment
 * count once. In a round, the window grows by one each time that the server has taken as many mails as the window is large. If the server
 * refuses a dialogue at size one, the next dialogue is a probe after a backoff. The first backoff is half a second to one second. It
 * doubles with each refusal, up to a maximum. When the server takes a mail, there is no backoff any more.
 *
 * <p>The class is not thread-safe. Times are values of {@link System#nanoTime}.
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

    /** The current round. A dialogue that begins now passes it to {@link #taken} or {@link #refused} at its end. */
    int round() {
        return round;
    }

    /** The server took a mail, or rejected it permanently. */
    void taken(int ofRound) {
        refusedAtOne = 0;
        // A dialogue that began before the last refusal does not show that the current size is too small.
        if (ofRound == round && size < maxSize && ++takenAtThisSize >= size) {
            size++;
            takenAtThisSize = 0;
        }
    }

    /**
     * The server refused.
     *
     * @return whether that changed the window: of the dialogues of a round, only the first refusal counts
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
