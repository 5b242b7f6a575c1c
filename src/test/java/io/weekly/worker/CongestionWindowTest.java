package io.weekly.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class CongestionWindowTest {

    private static final Duration MAX_BACKOFF = Duration.ofSeconds(60);

    /** What may end a dialogue: taken or refused, of this round or of one before. */
    enum End { TAKEN, REFUSED, TAKEN_LATE, REFUSED_LATE }

    @Property
    void theSizeStaysBetweenOneAndTheMaximumAndNoPauseIsTooLong(
            @ForAll @IntRange(min = 1, max = 1000) int maxSize,
            @ForAll @Size(max = 200) List<End> ends,
            @ForAll @LongRange(min = 1, max = 600) long maxBackoffSeconds,
            @ForAll long begin,
            @ForAll long seed) {
        var maxBackoff = Duration.ofSeconds(maxBackoffSeconds);
        var window = new CongestionWindow(maxSize, maxBackoff, new Random(seed));
        for (var end : ends) {
            switch (end) {
                case TAKEN -> window.taken(window.round());
                case REFUSED -> window.refused(window.round(), begin);
                case TAKEN_LATE -> window.taken(window.round() - 1);
                case REFUSED_LATE -> window.refused(window.round() - 1, begin);
            }

            assertThat(window.size()).isBetween(1, maxSize);
            assertThat(window.isWaiting(begin + maxBackoff.toNanos())).isFalse();
            assertThat(window.isProbing() && window.size() > 1).isFalse();
        }
    }

    /** Rounds of as many dialogues as the window allows. The server takes some of each round and refuses the others, in any order. */
    @Property
    void theSizeFollowsWhatTheServerTakes(
            @ForAll @IntRange(min = 1, max = 60) int takes, @ForAll @IntRange(min = 1, max = 100) int maxSize, @ForAll long seed) {
        var window = new CongestionWindow(maxSize, MAX_BACKOFF, new Random(seed));
        var order = new Random(seed);
        var dialogues = 0;
        var refused = 0;

        for (var round = 0; round < 300; round++) {
            var refusals = round(window, takes, order);
            if (round >= 100) {
                assertThat(window.size()).isBetween(Math.min(maxSize, (takes + 1) / 2), Math.min(maxSize, takes + 1));
                dialogues += window.size();
                refused += refusals;
            }
        }

        // One refusal each time the window grows past what the server takes: once in about 3/8 n² dialogues; n²/4 is the limit here.
        var cycle = Math.max(1, (takes + 1) * takes / 4);
        assertThat(refused).isLessThanOrEqualTo(dialogues / cycle + 2);
        assertThat(maxSize > takes || refused == 0).isTrue();
    }

    @Property
    void theWindowGrowsBackToItsMaximumAfterAnyNumberOfRefusals(
            @ForAll @IntRange(min = 1, max = 100) int maxSize, @ForAll @IntRange(min = 1, max = 300) int refusals, @ForAll long seed) {
        var window = new CongestionWindow(maxSize, MAX_BACKOFF, new Random(seed));
        for (var i = 0; i < refusals; i++) {
            window.refused(window.round(), i);
        }

        window.taken(window.round());
        assertThat(window.isWaiting(refusals)).isFalse();
        for (var round = 1; round < maxSize; round++) {
            round(window, maxSize, new Random(seed));
        }

        assertThat(window.isLargest()).isTrue();
    }

    @Property
    void theDialoguesOfARoundHalveTheWindowOnce(
            @ForAll @IntRange(min = 2, max = 1000) int maxSize, @ForAll @IntRange(min = 1, max = 50) int refused) {
        var window = new CongestionWindow(maxSize, MAX_BACKOFF, new Random(1));
        var round = window.round();

        assertThat(window.refused(round, 0)).isTrue();
        for (var i = 0; i < refused; i++) {
            assertThat(window.refused(round, 0)).isFalse();
        }

        assertThat(window.size()).isEqualTo(maxSize / 2);
    }

    @Example
    void eachRefusalOfASingleDialogueDoublesThePauseAndHalfOfItIsRandom() {
        var window = new CongestionWindow(1, MAX_BACKOFF, new Random(7));
        for (var seconds : new long[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
            window.refused(window.round(), 0);

            assertThat(window.isWaiting(Duration.ofSeconds(seconds).dividedBy(2).toNanos() - 1)).isTrue();
            assertThat(window.isWaiting(Duration.ofSeconds(seconds).toNanos())).isFalse();
        }

        window.taken(window.round());

        assertThat(window.isWaiting(0)).isFalse();
        assertThat(window.isProbing()).isFalse();
    }

    /** How many the server refused. */
    private static int round(CongestionWindow window, int takes, Random order) {
        var under = window.size();
        var round = window.round();
        var taken = new ArrayList<Boolean>();
        for (var i = 0; i < under; i++) {
            taken.add(i < takes);
        }
        Collections.shuffle(taken, order);
        for (var one : taken) {
            if (one) {
                window.taken(round);
            } else {
                window.refused(round, 0);
            }
        }
        return Math.max(0, under - takes);
    }
}
