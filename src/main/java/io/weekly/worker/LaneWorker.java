package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.weekly.database.FailureIsolation;
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
 * One lane of this process. It claims jobs into a bounded buffer and runs their stages in slots, whose number may change. A slot becomes
 * free when its stage ends. In the deliver lane it becomes free when the end of the stage is written ({@link Stage#keepsSlotUntilWritten}).
 * In both lanes, a job counts against the buffer until its end is written. The lane claims only while a recent heartbeat says that it is
 * not paused. All fields are used on one Vert.x context only, so no locks are needed.
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

    /**
     * Tells the lane that there may be jobs: after each poll interval, and when this process has enqueued some. May be called from any
     * thread.
     */
    void wake() {
        context.runOnContext(_ -> {
            woken = true;
            refill();
        });
    }

    /**
     * The lane is not paused, so it may claim until the given time.
     *
     * @param until the time when this permission ends, as a value of {@link System#nanoTime}
     */
    void mayClaim(long until) {
        context.runOnContext(_ -> {
            mayClaimUntil = until;
            woken |= paused;
            paused = false;
            refill();
        });
    }

    /** Stops claiming and releases the waiting jobs. Running stages continue to their end. */
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
        // If the claim returned as many jobs as it asked for, there may be more. Otherwise the lane waits until it is woken.
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

    /** These leases were lost. Waiting ones are dropped. For running ones nothing will be written at their end. */
    void lost(Set<Lease> lost) {
        context.runOnContext(_ -> buffer.drop(lost));
    }

    /**
     * Stops claiming, releases the waiting jobs, and ends when the running stages have ended. There is no timeout here: the caller sets
     * one.
     */
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
        return FailureIsolation.isolate(leases.release(waiting), failure -> events.bufferNotReleased(lane(), failure));
    }

    private void onContext(Runnable action) {
        context.runOnContext(_ -> action.run());
    }

    private <T> Uni<T> fromContext(Supplier<T> action) {
        return Uni.createFrom().emitter(emitter -> onContext(() -> emitter.complete(action.get())));
    }
}
