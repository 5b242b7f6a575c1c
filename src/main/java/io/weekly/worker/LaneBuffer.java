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
 * The leases that a lane holds: waiting ones (their stage has not started) and running ones (their stage runs, or its end is not written
 * yet). The size of the buffer follows the number of slots and the time that a stage takes. Not thread-safe: its lane calls it on one
 * Vert.x context only.
 */
final class LaneBuffer {

    /** How many seconds of work wait in the buffer. With less, slots would wait for claims. With more, a crash would delay more jobs. */
    private static final double BUFFERED_SECONDS = 0.5;
    private static final int MAX_BUFFERED = 500;

    private final Supplier<Slots> slots;
    private final Queue<Lease> waiting = new ArrayDeque<>();
    private final Set<Lease> running = new HashSet<>();
    private int slotsTaken;
    private double secondsPerJob = 1;

    LaneBuffer(Supplier<Slots> slots) {
        this.slots = slots;
    }

    /** How many jobs to claim; 0 until half of the buffer is empty. */
    int room() {
        var now = slots.get();
        var buffered = now.buffered() ? buffered(now.count()) : 0;
        return waiting.size() > buffered / 2 ? 0 : Math.max(0, now.count() + buffered - waiting.size() - running.size());
    }

    private int buffered(int count) {
        return Math.clamp(Math.round(count * BUFFERED_SECONDS / secondsPerJob), count, Math.max(count, MAX_BUFFERED));
    }

    void add(Collection<Lease> claimed) {
        waiting.addAll(claimed);
    }

    /** Whether a job waits and there is a slot for it. */
    boolean canStart() {
        return !waiting.isEmpty() && slotsTaken < slots.get().count();
    }

    /** The next job takes a slot. */
    Lease start() {
        var lease = waiting.remove();
        slotsTaken++;
        running.add(lease);
        return lease;
    }

    /** A stage has ended, after that time: its slot is free. Its lease is held until {@link #written}. */
    void slotIsFree(long nanos) {
        slotsTaken--;
        var seconds = Math.max(0.0001, nanos / 1e9);
        secondsPerJob += (seconds - secondsPerJob) / 16;
    }

    /** Whether there are no slots, for an unknown time: then the lane holds nothing that waits. */
    boolean isClosed() {
        return slots.get().count() == 0;
    }

    void written(Lease lease) {
        running.remove(lease);
    }

    /** Takes out the leases that wait. */
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

    /** The leases that wait, and those under way. */
    List<Lease> held() {
        var held = new ArrayList<>(waiting);
        held.addAll(running);
        return held;
    }
}
