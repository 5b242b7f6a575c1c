package io.weekly.queue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long jobs waited for their claim, counted in buckets: the first holds what waited up to a millisecond, each that follows ends a fifth
 * later (four to a doubling), the last holds whatever is beyond three days. So it has a largest size, those of many processes add up, and a
 * percentile is told to within a fifth, never too small.
 *
 * @param counts how many waits fell into each bucket, without those that are empty
 */
@RegisterForReflection // in the text of a worker's row
record WaitHistogram(@JsonValue SortedMap<Integer, Integer> counts) {

    static final int BUCKETS = 114;
    private static final int TO_A_DOUBLING = 4;

    static final WaitHistogram NONE = new WaitHistogram(new TreeMap<>());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static WaitHistogram of(Map<Integer, Integer> counts) {
        return new WaitHistogram(new TreeMap<>(counts));
    }

    static int bucket(Duration wait) {
        var millis = wait.toNanos() / 1e6;
        var doublings = Math.log(Math.max(1, millis)) / Math.log(2);
        return Math.min(BUCKETS - 1, (int) Math.ceil(doublings * TO_A_DOUBLING));
    }

    /** The seconds within which 95 of 100 were claimed: the end of the bucket in which the last of them is. 0 where nothing was claimed. */
    double p95Seconds() {
        var rank = Math.ceil(0.95 * counts.values().stream().mapToLong(Integer::longValue).sum());
        var seen = 0L;
        for (var bucket : counts.entrySet()) {
            seen += bucket.getValue();
            if (seen >= rank) {
                return Math.round(Math.pow(2, (double) bucket.getKey() / TO_A_DOUBLING)) / 1000.0;
            }
        }
        return 0;
    }

    WaitHistogram plus(WaitHistogram more) {
        var sum = new TreeMap<>(counts);
        more.counts.forEach((bucket, count) -> sum.merge(bucket, count, Integer::sum));
        return new WaitHistogram(sum);
    }
}
