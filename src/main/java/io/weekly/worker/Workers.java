package io.weekly.worker;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.weekly.database.DatabaseAwayException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Starts the lanes of this process and drains them at its end. */
@ApplicationScoped
class Workers {

    /** How much longer than {@code weekly.worker.shutdown-timeout} a stop waits: for what is released when that time is over. */
    private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(10);

    private final WorkerConfig config;
    private final GenerateReport generateReport;
    private final DeliverReport deliverReport;
    private final LaneStarter starter;
    private final LeaseRenewer renewer;
    private final WorkerHeartbeat heartbeat;
    private final WorkerEvents events;
    private final List<LaneWorker> lanes = new ArrayList<>();

    Workers(
            WorkerConfig config,
            GenerateReport generateReport,
            DeliverReport deliverReport,
            LaneStarter starter,
            LeaseRenewer renewer,
            WorkerHeartbeat heartbeat,
            WorkerEvents events) {
        this.config = config;
        this.generateReport = generateReport;
        this.deliverReport = deliverReport;
        this.starter = starter;
        this.renewer = renewer;
        this.heartbeat = heartbeat;
        this.events = events;
    }

    void start(@Observes StartupEvent event) {
        for (var name : config.lanes().orElse(Set.of())) {
            switch (name) {
                case "generate" -> lanes.add(starter.start(generateReport));
                case "deliver" -> lanes.add(starter.start(deliverReport));
                case "none" -> {}
                default -> throw new IllegalArgumentException(
                        "weekly.worker.lanes has %s, which is no lane: generate, deliver, or none for the API only".formatted(name));
            }
        }
        if (!lanes.isEmpty()) {
            renewer.start(lanes);
            heartbeat.start(lanes);
        }
        events.lanesStarted(lanes.stream().map(lane -> lane.lane().sql()).toList());
    }

    /**
     * The lanes stop claiming and release their waiting jobs. Running stages may finish until the timeout. After that, unfinished generate
     * jobs are released.
     */
    void stop(@Observes ShutdownEvent event) {
        starter.stopPolling();
        if (lanes.isEmpty()) {
            return;
        }
        var drained = lanes.stream().map(this::drain).toList();
        Uni.join().all(drained).andCollectFailures().await().atMost(config.shutdownTimeout().plus(RELEASE_TIMEOUT));
        heartbeat.leave()
                // Another process deletes this one's row from the registry when it is old enough.
                .onFailure(DatabaseAwayException.class)
                .recoverWithNull()
                .await()
                .atMost(RELEASE_TIMEOUT);
        events.lanesDrained();
    }

    private Uni<Void> drain(LaneWorker lane) {
        return lane.drain().ifNoItem().after(config.shutdownTimeout()).recoverWithUni(() -> starter.releaseRunning(lane));
    }
}
