package io.weekly.worker;

import io.weekly.queue.Lease;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a lane holds: leases that wait before its places, and those under way until their end is written. It is bounded by the places that
 * there are now and by how fast they work. Not locked: its lane calls it on one context.
 */
final class LaneBuffer {

    /** How much work waits: long enough that no place waits for a claim, short enough to lose little. */
    private static final double BUFFERED_SECONDS = 0.5;
    private static final int LARGEST = 500;

    private final Supplier<Slots> places;
    private final Queue<Lease> waiting = new ArrayDeque<>();
    private final Set<Lease> running = new HashSet<>();
    private int taken;
    private double secondsPerJob = 1;

    LaneBuffer(Supplier<Slots> places) {
        this.places = places;
    }

    /** How many to claim; none before what waits is half gone. */
    int room() {
        var now = places.get();
        var buffered = now.buffered() ? buffered(now.count()) : 0;
        return waiting.size() > buffered / 2 ? 0 : Math.max(0, now.count() + buffered - waiting.size() - running.size());
    }

    private int buffered(int count) {
        return Math.clamp(Math.round(count * BUFFERED_SECONDS / secondsPerJob), count, Math.max(count, LARGEST));
    }

    void add(Collection<Lease> claimed) {
        waiting.addAll(claimed);
    }

    /** Whether one that waits has a place. */
    boolean canStart() {
        return !waiting.isEmpty() && taken < places.get().count();
    }

    /** The next takes a place. */
    Lease start() {
        var lease = waiting.remove();
        taken++;
        running.add(lease);
        return lease;
    }

    /** A stage has ended: its place is free, its lease is held until that is written. */
    void placeIsFree(long nanos) {
        taken--;
        var seconds = Math.max(0.0001, nanos / 1e9);
        secondsPerJob += (seconds - secondsPerJob) / 16;
    }

    /** Whether nothing that waits is to be held on to: there is no place for it, and nobody knows when there will be. */
    boolean isClosed() {
        return places.get().count() == 0;
    }

    void written(Lease lease) {
        running.remove(lease);
    }

    /** Takes out what waits. */
    List<Lease> drained() {
        var drained = new ArrayList<>(waiting);
        waiting.clear();
        return drained;
    }

    void drop(Set<Lease> lost) {
        waiting.removeAll(lost);
    }

    int running() {
        return running.size();
    }

    /** What waits and what is under way. */
    List<Lease> held() {
        var held = new ArrayList<>(waiting);
        held.addAll(running);
        return held;
    }
}
