package io.weekly.worker;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.weekly.database.DatabaseAwayException;
import io.weekly.queue.JobSignal;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import io.weekly.queue.Leases;
import io.weekly.queue.QueueConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The lanes of this process, from its start to its drain. */
@ApplicationScoped
class Workers {

    private static final Logger LOG = Logger.getLogger(Workers.class);

    private final WorkerConfig config;
    private final RenderConfig render;
    private final QueueConfig queue;
    private final GenerateReport generateReport;
    private final DeliverReport deliverReport;
    private final Finisher finisher;
    private final Leases leases;
    private final JobSignal signal;
    private final Presence presence;
    private final Vertx vertx;
    private final List<LaneWorker> lanes = new ArrayList<>();
    private final List<Long> polls = new ArrayList<>();

    Workers(
            WorkerConfig config,
            RenderConfig render,
            QueueConfig queue,
            GenerateReport generateReport,
            DeliverReport deliverReport,
            Finisher finisher,
            Leases leases,
            JobSignal signal,
            Presence presence,
            Vertx vertx) {
        this.config = config;
        this.render = render;
        this.queue = queue;
        this.generateReport = generateReport;
        this.deliverReport = deliverReport;
        this.finisher = finisher;
        this.leases = leases;
        this.signal = signal;
        this.presence = presence;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        var names = config.lanes().orElse(Set.of());
        for (var name : names) {
            switch (name) {
                case "generate" -> start(Lane.GENERATE, places(render.places()), generateReport::generate, finisher::finish);
                // A mail whose end is not written may go out again: its place is taken until then.
                case "deliver" -> start(Lane.DELIVER, deliverReport::places,
                        lease -> deliverReport.deliver(lease).call(finisher::finish), finished -> Uni.createFrom().voidItem());
                case "none" -> {}
                default -> throw new IllegalArgumentException(
                        "weekly.worker.lanes has %s, which is no lane: generate, deliver, or none for the API only".formatted(name));
            }
        }
        var heartbeat = new Heartbeat(leases, lanes, queue.lease());
        vertx.setPeriodic(heartbeat.every().toMillis(), tick -> heartbeat.beat());
        if (!lanes.isEmpty()) {
            presence.start(lanes);
        }
        LOG.infof("working lanes: %s", lanes.isEmpty() ? "none" : lanes.stream().map(lane -> lane.lane().sql()).toList());
    }

    private static Supplier<Places> places(int count) {
        var always = Places.of(count);
        return () -> always;
    }

    private void start(Lane name, Supplier<Places> places, Function<Lease, Uni<Finished>> stage, Function<Finished, Uni<Void>> finish) {
        var context = vertx.getOrCreateContext();
        var lane = new LaneWorker(name, places, queue.lease(), leases, context, stage, finish);
        lanes.add(lane);
        signal.listen(name, lane::wake);
        polls.add(vertx.setPeriodic(queue.pollInterval().toMillis(), tick -> lane.wake()));
        lane.wake();
    }

    /** Claims nothing more, gives back what waits, lets what runs end for a while, then gives that back too. */
    void stop(@Observes ShutdownEvent event) {
        // The heartbeat goes on: what is under way must keep its leases until it has ended.
        polls.forEach(vertx::cancelTimer);
        if (lanes.isEmpty()) {
            return;
        }
        var drained = lanes.stream().map(lane -> drain(lane, config.shutdownTimeout())).toList();
        Uni.join().all(drained).andCollectFailures().await().atMost(config.shutdownTimeout().plusSeconds(10));
        presence.leave()
                // Its row goes with its age.
                .onFailure(DatabaseAwayException.class)
                .recoverWithNull()
                .await()
                .atMost(Duration.ofSeconds(10));
        LOG.info("the lanes are drained");
    }

    private Uni<Void> drain(LaneWorker lane, Duration atMost) {
        return lane.drain()
                .ifNoItem()
                .after(atMost)
                .recoverWithUni(() -> lane.held().flatMap(this::giveBack));
    }

    /** A dialogue with the mail server is never given back: only its lease's end says that nobody saw how it ended. */
    private Uni<Void> giveBack(List<Lease> running) {
        LOG.warnf("%d stages did not end in time", running.size());
        return leases.release(running.stream().filter(lease -> lease.lane() == Lane.GENERATE).toList())
                // The leases will run out.
                .onFailure(DatabaseAwayException.class)
                .recoverWithNull();
    }
}
