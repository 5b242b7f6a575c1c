package io.weekly.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What this process claimed and ended in the last minute, in each lane: a ring of slots of two seconds, so the oldest is forgotten after 58
 * to 60 seconds. Its size is fixed, whatever the load. Called from the threads of claims and of the finisher.
 */
@ApplicationScoped
public class LaneStats {

    private static final int SLOTS = 30;
    private static final long SLOT_MILLIS = 2_000;

    private final Clock clock;
    private final Map<Lane, Slot[]> rings = new EnumMap<>(Lane.class);

    LaneStats(Clock clock) {
        this.clock = clock;
        for (var lane : Lane.values()) {
            rings.put(lane, Stream.generate(Slot::new).limit(SLOTS).toArray(Slot[]::new));
        }
    }

    synchronized void claimed(Collection<Lease> leases) {
        for (var lease : leases) {
            slot(lease.lane()).waits[WaitHistogram.bucket(lease.waited())]++;
        }
    }

    /** A stage ended, for good. */
    public synchronized void ended(Lane lane, boolean failed) {
        var slot = slot(lane);
        slot.finished++;
        slot.failed += failed ? 1 : 0;
    }

    /** The figures of a lane, with the stages that are under way in it. */
    public synchronized LaneFigures of(Lane lane, int running) {
        var finished = 0;
        var failed = 0;
        var waits = new TreeMap<Integer, Integer>();
        var now = number();
        for (var slot : rings.get(lane)) {
            // Neither what is over nor, after the clock was set back, what has not come yet.
            if (slot.number <= now - SLOTS || slot.number > now) {
                continue;
            }
            finished += slot.finished;
            failed += slot.failed;
            for (var bucket = 0; bucket < WaitHistogram.BUCKETS; bucket++) {
                if (slot.waits[bucket] > 0) {
                    waits.merge(bucket, slot.waits[bucket], Integer::sum);
                }
            }
        }
        return new LaneFigures(running, finished, failed, new WaitHistogram(waits));
    }

    private Slot slot(Lane lane) {
        var number = number();
        var ring = rings.get(lane);
        var place = (int) (number % SLOTS);
        if (ring[place].number != number) {
            ring[place] = new Slot();
            ring[place].number = number;
        }
        return ring[place];
    }

    /** Of the slot that now is in, counted from 1970. */
    private long number() {
        return clock.millis() / SLOT_MILLIS;
    }

    private static final class Slot {
        private long number = -1;
        private int finished;
        private int failed;
        private final int[] waits = new int[WaitHistogram.BUCKETS];
    }
}
