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
import org.jspecify.annotations.Nullable;

/**
 * One lane of this process: a number of slots, which may change, and a bounded buffer of leases in front of them. A slot is free as soon as
 * its stage has ended, unless the stage keeps it; until the end is written, the job still counts against the buffer. The lane claims only
 * while it knows that nobody has paused it. Everything happens on one Vert.x context, so nothing here is locked.
 */
final class LaneWorker {

    private final Stage stage;
    private final Duration leaseTime;
    private final Leases leases;
    private final Function<FinishedStage, Uni<Void>> complete;
    private final WorkerEvents events;
    private final Context context;

    private final LaneBuffer buffer;
    private boolean paused = true;
    private long mayClaimUntil;
    private boolean claiming;
    private boolean woken;
    private boolean stopped;
    private @Nullable UniEmitter<? super Void> idle;

    /** @param complete writes the end of a stage; ends when it is written, or could not be, and never fails */
    LaneWorker(
            Stage stage,
            Duration leaseTime,
            Leases leases,
            Function<FinishedStage, Uni<Void>> complete,
            WorkerEvents events,
            Context context) {
        this.stage = stage;
        this.leaseTime = leaseTime;
        this.leases = leases;
        this.complete = complete;
        this.events = events;
        this.context = context;
        this.buffer = new LaneBuffer(stage::slots);
    }

    Lane lane() {
        return stage.lane();
    }

    /** There may be work: a poll, or this process enqueued some. Callable from any thread. */
    void wake() {
        context.runOnContext(_ -> {
            woken = true;
            refill();
        });
    }

    /**
     * Nobody has paused the lane: it may claim.
     *
     * @param until when this is too old to rely on, as {@link System#nanoTime} counts
     */
    void mayClaim(long until) {
        context.runOnContext(_ -> {
            mayClaimUntil = until;
            woken |= paused;
            paused = false;
            refill();
        });
    }

    /** Claims nothing more and releases what waits; what runs goes on to its end. */
    void pause() {
        context.runOnContext(_ -> {
            paused = true;
            release(buffer.drained()).subscribe().with(_ -> {});
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
        leases.claim(lane(), room, leaseTime).emitOn(this::onContext).subscribe().with(
                claimed -> claimed(claimed, room), this::claimFailed);
    }

    private void claimed(List<Lease> claimed, int room) {
        buffer.add(claimed);
        if (stopped || paused || buffer.isClosed()) {
            release(buffer.drained()).emitOn(this::onContext).subscribe().with(_ -> {
                claimEnded();
                refill();
            });
            return;
        }
        claiming = false;
        // A full answer means that there is more. A short one means that there is nothing until the lane is woken.
        woken |= claimed.size() == room;
        startWork();
        refill();
    }

    private void claimFailed(Throwable failure) {
        onContext(this::claimEnded);
        events.claimFailed(lane(), failure);
    }

    private void claimEnded() {
        claiming = false;
        completeIfIdle();
    }

    private void startWork() {
        while (buffer.canStart()) {
            start(buffer.start());
        }
    }

    private void start(Lease lease) {
        var startedAt = System.nanoTime();
        Uni.createFrom()
                .deferred(() -> stage.keepsSlotUntilWritten() ? stage.run(lease).call(complete::apply) : stage.run(lease))
                .onFailure()
                .invoke(failure -> events.stageBroke(lease, failure))
                .emitOn(this::onContext)
                .onTermination()
                .invoke(() -> slotIsFree(startedAt))
                .flatMap(finished -> stage.keepsSlotUntilWritten() ? Uni.createFrom().voidItem() : complete.apply(finished))
                .emitOn(this::onContext)
                .subscribe()
                .with(_ -> ended(lease), _ -> ended(lease));
    }

    private void slotIsFree(long startedAt) {
        buffer.slotIsFree(System.nanoTime() - startedAt);
        if (buffer.isClosed()) {
            release(buffer.drained()).subscribe().with(_ -> {});
            return;
        }
        startWork();
        refill();
    }

    private void ended(Lease lease) {
        buffer.written(lease);
        completeIfIdle();
        refill();
    }

    private void completeIfIdle() {
        if (idle != null && buffer.running() == 0 && !claiming) {
            idle.complete(null);
        }
    }

    /** How many stages are under way. */
    Uni<Integer> running() {
        return fromContext(buffer::running);
    }

    /** The leases that the lane holds: of jobs that wait and of stages that are under way. */
    Uni<List<Lease>> held() {
        return fromContext(buffer::held);
    }

    /** These leases were lost: what waits is dropped; what runs will find that it may not write. */
    void lost(Set<Lease> lost) {
        context.runOnContext(_ -> buffer.drop(lost));
    }

    /** Claims no more, releases what waits, and ends when what runs has ended. If that takes too long, the caller decides what to do. */
    Uni<Void> drain() {
        return fromContext(() -> {
                    stopped = true;
                    return buffer.drained();
                })
                .flatMap(this::release)
                .flatMap(_ -> Uni.createFrom().emitter(emitter -> context.runOnContext(_ -> {
                    idle = emitter;
                    completeIfIdle();
                })));
    }

    /** Never fails. */
    private Uni<Void> release(List<Lease> waiting) {
        return leases.release(waiting)
                .onFailure(DatabaseAwayException::isNot)
                .invoke(failure -> events.bufferNotReleased(lane(), failure))
                .onFailure()
                .recoverWithNull();
    }

    private void onContext(Runnable action) {
        context.runOnContext(_ -> action.run());
    }

    private <T> Uni<T> fromContext(Supplier<T> action) {
        return Uni.createFrom().emitter(emitter -> onContext(() -> emitter.complete(action.get())));
    }
}
