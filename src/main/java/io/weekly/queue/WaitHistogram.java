package io.weekly.queue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A histogram of how long jobs waited for their claim. The first bucket has the waits of up to one millisecond. The upper bound of each
 * next bucket is about a fifth higher (four buckets for a factor of two). The last bucket has all waits of more than three days. So the
 * size is limited, and histograms of several processes can be added. A percentile is never too small, and at most about a fifth too large.
 *
 * @param counts how many waits are in each bucket, by its number; empty buckets are left out
 */
@RegisterForReflection // written as JSON into the row of a worker
record WaitHistogram(@JsonValue SortedMap<Integer, Integer> counts) {

    static final int BUCKETS = 114;
    private static final int BUCKETS_PER_DOUBLING = 4;

    static final WaitHistogram NONE = new WaitHistogram(new TreeMap<>());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static WaitHistogram of(Map<Integer, Integer> counts) {
        return new WaitHistogram(new TreeMap<>(counts));
    }

    static int bucket(Duration wait) {
        var millis = wait.toNanos() / 1e6;
        var doublings = Math.log(Math.max(1, millis)) / Math.log(2);
        return Math.min(BUCKETS - 1, (int) Math.ceil(doublings * BUCKETS_PER_DOUBLING));
    }

    /** The 95th percentile in seconds, as the end of its bucket; 0 if nothing was claimed. */
    double p95Seconds() {
        var rank = Math.ceil(0.95 * counts.values().stream().mapToLong(Integer::longValue).sum());
        var seen = 0L;
        for (var bucket : counts.entrySet()) {
            seen += bucket.getValue();
            if (seen >= rank) {
                return Math.round(Math.pow(2, (double) bucket.getKey() / BUCKETS_PER_DOUBLING)) / 1000.0;
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
