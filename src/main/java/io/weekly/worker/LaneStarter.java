package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.weekly.database.DatabaseAwayException;
import io.weekly.queue.JobSignal;
import io.weekly.queue.Lane;
import io.weekly.queue.Leases;
import io.weekly.queue.QueueConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Starts a lane for a stage. Wakes the lane after each poll interval, and at once when this process enqueues a job. */
@ApplicationScoped
class LaneStarter {

    private final QueueConfig config;
    private final Leases leases;
    private final BatchCompleter completer;
    private final JobSignal signal;
    private final WorkerEvents events;
    private final Vertx vertx;
    private final List<Long> polls = new ArrayList<>();

    LaneStarter(QueueConfig config, Leases leases, BatchCompleter completer, JobSignal signal, WorkerEvents events, Vertx vertx) {
        this.config = config;
        this.leases = leases;
        this.completer = completer;
        this.signal = signal;
        this.events = events;
        this.vertx = vertx;
    }

    /** The lane claims nothing before a heartbeat allows it. */
    LaneWorker start(Stage stage) {
        var lane = new LaneWorker(stage, config.lease(), leases, completer::complete, events, vertx.getOrCreateContext());
        signal.listen(stage.lane(), lane::wake);
        polls.add(vertx.setPeriodic(config.pollInterval().toMillis(), _ -> lane.wake()));
        lane.wake();
        return lane;
    }

    void stopPolling() {
        polls.forEach(vertx::cancelTimer);
    }

    /**
     * Releases the jobs of generate stages that did not end before the shutdown timeout. Deliver jobs are never released: when their lease
     * expires, the next worker finds the mark and knows that the end of the dialogue is unknown.
     */
    Uni<Void> releaseRunning(LaneWorker lane) {
        return lane.held()
                .invoke(held -> events.drainTimedOut(held.size()))
                .flatMap(held -> lane.lane() == Lane.GENERATE ? leases.release(held) : Uni.createFrom().voidItem())
                // The leases will expire.
                .onFailure(DatabaseAwayException.class)
                .recoverWithNull();
    }
}
