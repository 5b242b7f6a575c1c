package io.weekly.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Counts for each lane how many jobs this process claimed and how many stages it ended in the last minute. Each lane has a ring buffer of
 * two-second intervals. An interval is dropped after 58 to 60 seconds. The size of the buffer does not depend on the load. All methods are
 * synchronized, because several threads call them.
 */
@ApplicationScoped
public class LaneStats {

    private static final int INTERVALS = 30;
    private static final long INTERVAL_MILLIS = 2_000;

    private final Clock clock;
    private final Interval[] generate = ring();
    private final Interval[] deliver = ring();

    LaneStats(Clock clock) {
        this.clock = clock;
    }

    private static Interval[] ring() {
        return Stream.generate(Interval::new).limit(INTERVALS).toArray(Interval[]::new);
    }

    synchronized void claimed(Collection<Lease> leases) {
        for (var lease : leases) {
            current(lease.lane()).waits[WaitHistogram.bucket(lease.waited())]++;
        }
    }

    /** A stage ended and is not tried again. */
    public synchronized void ended(Lane lane, boolean failed) {
        var interval = current(lane);
        interval.finished++;
        interval.failed += failed ? 1 : 0;
    }

    /** The figures of a lane, with the stages that are under way in it. */
    public synchronized LaneFigures of(Lane lane, int running) {
        var finished = 0;
        var failed = 0;
        var waits = new TreeMap<Integer, Integer>();
        var now = number();
        for (var interval : ring(lane)) {
            // Skip old intervals and, if the clock was set back, future ones.
            if (interval.number <= now - INTERVALS || interval.number > now) {
                continue;
            }
            finished += interval.finished;
            failed += interval.failed;
            for (var bucket = 0; bucket < WaitHistogram.BUCKETS; bucket++) {
                if (interval.waits[bucket] > 0) {
                    waits.merge(bucket, interval.waits[bucket], Integer::sum);
                }
            }
        }
        return new LaneFigures(running, finished, failed, new WaitHistogram(waits));
    }

    private Interval current(Lane lane) {
        var number = number();
        var ring = ring(lane);
        var index = (int) (number % INTERVALS);
        if (ring[index].number != number) {
            ring[index] = new Interval();
            ring[index].number = number;
        }
        return ring[index];
    }

    private Interval[] ring(Lane lane) {
        return switch (lane) {
            case GENERATE -> generate;
            case DELIVER -> deliver;
        };
    }

    /** The number of the current interval, counted from 1970. */
    private long number() {
        return clock.millis() / INTERVAL_MILLIS;
    }

    private static final class Interval {
        private long number = -1;
        private int finished;
        private int failed;
        private final int[] waits = new int[WaitHistogram.BUCKETS];
    }
}
