package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.weekly.database.DatabaseAwayException;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import io.weekly.queue.Leases;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One lane of this process: a bounded buffer of leases in front of a number of places, which may change. A place is free again when its
 * stage has ended; that the end is written comes after, in batches, and only the buffer has less room until then. The lane claims only
 * while it knows that nobody has paused it. All of it happens on one Vert.x context, so nothing here is locked.
 */
final class LaneWorker {

    private static final Logger LOG = Logger.getLogger(LaneWorker.class);

    private final Lane lane;
    private final Duration leaseTime;
    private final Leases leases;
    private final Function<Lease, Uni<Finished>> work;
    private final Function<Finished, Uni<Void>> finish;
    private final Context context;

    private final LaneBuffer buffer;
    private boolean paused = true;
    private long mayClaimUntil;
    private boolean claiming;
    private boolean woken;
    private boolean stopped;
    private UniEmitter<? super Void> idle;

    /** @param places how many stages may be under way, asked whenever one could begin; when there are more again, a poll finds out */
    LaneWorker(
            Lane lane,
            Supplier<Slots> places,
            Duration leaseTime,
            Leases leases,
            Context context,
            Function<Lease, Uni<Finished>> work,
            Function<Finished, Uni<Void>> finish) {
        this.lane = lane;
        this.buffer = new LaneBuffer(places);
        this.leaseTime = leaseTime;
        this.leases = leases;
        this.context = context;
        this.work = work;
        this.finish = finish;
    }

    Lane lane() {
        return lane;
    }

    /** There may be work: now, by a poll, or because this process enqueued some. Callable from any thread. */
    void wake() {
        context.runOnContext(woken -> {
            this.woken = true;
            refill();
        });
    }

    /**
     * Nobody has paused it: it may claim.
     *
     * @param until when that is too old to go by, as {@link System#nanoTime} counts
     */
    void mayClaim(long until) {
        context.runOnContext(told -> {
            mayClaimUntil = until;
            woken |= paused;
            paused = false;
            refill();
        });
    }

    /** Claims nothing more and gives back what waits; what runs goes on to its end. */
    void pause() {
        context.runOnContext(told -> {
            paused = true;
            giveBack(buffer.drained()).subscribe().with(given -> {});
        });
    }

    private void refill() {
        if (stopped || claiming || !woken || paused || System.nanoTime() - mayClaimUntil >= 0) {
            return;
        }
        var room = buffer.room();
        if (room == 0) {
            return;
        }
        claiming = true;
        woken = false;
        leases.claim(lane, room, leaseTime)
                .emitOn(task -> context.runOnContext(resumed -> task.run()))
                .subscribe()
                .with(claimed -> claimed(claimed, room), this::claimFailed);
    }

    private void claimed(List<Lease> claimed, int room) {
        buffer.add(claimed);
        if (stopped || paused || buffer.isClosed()) {
            giveBack(buffer.drained()).subscribe().with(given -> claimGivenBack());
            return;
        }
        claiming = false;
        // A full answer means there is more; an empty one, that there is nothing until somebody says so.
        woken |= claimed.size() == room;
        startWork();
        refill();
    }

    private void claimGivenBack() {
        context.runOnContext(resumed -> {
            claiming = false;
            tellWhenIdle();
            refill();
        });
    }

    private void claimFailed(Throwable failure) {
        context.runOnContext(resumed -> {
            claiming = false;
            tellWhenIdle();
        });
        if (DatabaseAwayException.isNot(failure)) {
            LOG.errorf(failure, "lane %s could not claim; the next poll tries again", lane.sql());
        }
    }

    private void startWork() {
        while (buffer.canStart()) {
            var lease = buffer.start();
            var startedAt = System.nanoTime();
            Uni.createFrom()
                    .deferred(() -> work.apply(lease))
                    .onFailure()
                    // A stage recovers what it expects; what comes here is a fault of ours, and costs the lease.
                    .invoke(failure -> LOG.errorf(
                            failure, "report %s: lane %s broke; its lease will run out", lease.reportId(), lane.sql()))
                    .emitOn(task -> context.runOnContext(resumed -> task.run()))
                    .onTermination()
                    .invoke(() -> placeIsFree(startedAt))
                    .flatMap(finished -> finish.apply(finished))
                    .emitOn(task -> context.runOnContext(resumed -> task.run()))
                    .subscribe()
                    .with(written -> ended(lease), failure -> ended(lease));
        }
    }

    private void placeIsFree(long startedAt) {
        buffer.placeIsFree(System.nanoTime() - startedAt);
        if (buffer.isClosed()) {
            giveBack(buffer.drained()).subscribe().with(given -> {});
            return;
        }
        startWork();
        refill();
    }

    private void ended(Lease lease) {
        buffer.written(lease);
        tellWhenIdle();
        refill();
    }

    private void tellWhenIdle() {
        if (idle != null && buffer.running() == 0 && !claiming) {
            idle.complete(null);
        }
    }

    /** How many stages are under way. */
    Uni<Integer> running() {
        return onContext(buffer::running);
    }

    /** What it holds, waiting and under way. */
    Uni<List<Lease>> held() {
        return onContext(buffer::held);
    }

    /** These leases were lost: what waits is dropped; what runs will find the fence closed. */
    void lost(Set<Lease> lost) {
        context.runOnContext(resumed -> buffer.drop(lost));
    }

    /** Claims no more, gives back what waits, and ends when what runs has ended; what has not by then is left to the caller. */
    Uni<Void> drain() {
        return onContext(() -> {
                    stopped = true;
                    return buffer.drained();
                })
                .flatMap(this::giveBack)
                .flatMap(given -> Uni.createFrom().emitter(emitter -> context.runOnContext(resumed -> {
                    idle = emitter;
                    tellWhenIdle();
                })));
    }

    /** Never fails. */
    private Uni<Void> giveBack(List<Lease> waiting) {
        return leases.release(waiting)
                .onFailure(DatabaseAwayException::isNot)
                .invoke(failure -> LOG.errorf(failure, "lane %s could not give its buffer back; the leases will run out", lane.sql()))
                .onFailure()
                .recoverWithNull();
    }

    private <T> Uni<T> onContext(Supplier<T> action) {
        return Uni.createFrom().emitter(emitter -> context.runOnContext(resumed -> emitter.complete(action.get())));
    }
}
