package io.weekly.worker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How many dialogues at once a mail server is trusted to take: additive increase, multiplicative decrease, which lets several that know
 * nothing of each other share what there is (Chiu and Jain, Analysis of the Increase and Decrease Algorithms, 1989; TCP's congestion window,
 * RFC 5681). A round of dialogues that were all taken adds one; a refusal halves, once for all dialogues that had begun before it. Who is
 * refused at one dialogue at a time waits before the next: one second, doubling, half of it at random, until a dialogue is taken.
 *
 * <p>Knows neither clock nor thread: times are nanoseconds as {@link System#nanoTime} counts, and the caller lets one in at a time.
 */
final class CongestionWindow {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private final int most;
    private final long longestWait;
    private final RandomGenerator random;

    private int size;
    private int round;
    private int takenAtThisSize;
    private int refusedAtOne;
    private long waitUntil;

    /** @param most what it begins with, and never exceeds */
    CongestionWindow(int most, Duration longestWait, RandomGenerator random) {
        this.most = most;
        this.longestWait = longestWait.toNanos();
        this.random = random;
        this.size = most;
    }

    /** What a dialogue that begins now belongs to; its end is told with it. */
    int round() {
        return round;
    }

    /** The server took a mail, or judged it for good. */
    void taken(int ofRound) {
        refusedAtOne = 0;
        // What began before the last refusal was spoken under another size.
        if (ofRound == round && size < most && ++takenAtThisSize >= size) {
            size++;
            takenAtThisSize = 0;
        }
    }

    /**
     * The server refused.
     *
     * @return whether that changed anything: all that were under way together count once
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
            waitUntil = now + pause();
        }
        return true;
    }

    private long pause() {
        var doublings = Math.min(refusedAtOne - 1, 30);
        var pause = Math.min(longestWait, FIRST_WAIT.toNanos() << doublings);
        return pause / 2 + random.nextLong(pause / 2 + 1);
    }

    /** From 1 to the most. */
    int size() {
        return size;
    }

    boolean isSmallest() {
        return size == 1;
    }

    boolean isLargest() {
        return size == most;
    }

    /** Whether it was refused at one, and nothing has been taken since: the next dialogue is a probe. */
    boolean isProbing() {
        return refusedAtOne > 0;
    }

    /** Whether it is too early for the next probe. */
    boolean isWaiting(long now) {
        return isProbing() && now - waitUntil < 0;
    }
}
