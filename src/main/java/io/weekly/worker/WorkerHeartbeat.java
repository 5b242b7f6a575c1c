package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.weekly.database.DatabaseAwayException;
import io.weekly.database.Ids;
import io.weekly.queue.Lane;
import io.weekly.queue.LaneFigures;
import io.weekly.queue.LaneStats;
import io.weekly.queue.Lanes;
import io.weekly.queue.Worker;
import io.weekly.queue.WorkerRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeat of this process. Each one reads which lanes are paused, notifies the lanes, and writes the row of this process in the
 * registry, with the figures of its lanes.
 */
@ApplicationScoped
class WorkerHeartbeat {

    /** The API promises that a pause takes effect within 2 s (docs/api.md), so what a heartbeat read is valid for 2 s. */
    private static final Duration PAUSE_LATENCY = Duration.ofSeconds(2);

    private final WorkerConfig config;
    private final Lanes laneStates;
    private final WorkerRegistry registry;
    private final LaneStats stats;
    private final WorkerEvents events;
    private final Vertx vertx;
    private final Worker self;

    private List<LaneWorker> lanes = List.of();
    private long timer;
    private Uni<Void> current = Uni.createFrom().voidItem();
    private boolean beating;
    private boolean beatAgain;
    private boolean left;
    private boolean failing;

    WorkerHeartbeat(
            WorkerConfig config,
            Lanes laneStates,
            WorkerRegistry registry,
            LaneStats stats,
            WorkerEvents events,
            Vertx vertx,
            Clock clock) {
        this.config = config;
        this.laneStates = laneStates;
        this.registry = registry;
        this.stats = stats;
        this.events = events;
        this.vertx = vertx;
        this.self = new Worker(Ids.next(clock), hostName(events), clock.instant());
    }

    /** The host name: from the environment in a container, otherwise from the operating system. */
    private static String hostName(WorkerEvents events) {
        var name = System.getenv("HOSTNAME");
        try {
            return name == null || name.isBlank() ? InetAddress.getLocalHost().getHostName() : name;
        } catch (UnknownHostException e) {
            events.hostNameUnknown(String.valueOf(e.getMessage()));
            return "unknown";
        }
    }

    void start(List<LaneWorker> working) {
        lanes = List.copyOf(working);
        timer = vertx.setPeriodic(config.heartbeatInterval().toMillis(), _ -> beat());
        laneStates.onChange(this::beat);
        beat();
    }

    /**
     * Runs one heartbeat at a time. If another one is requested in the meantime, it follows at once. So a lane never gets an older state
     * after a newer one.
     */
    private void beat() {
        Uni<Void> now;
        synchronized (this) {
            beatAgain = beating;
            if (beating || left) {
                return;
            }
            beating = true;
            now = heartbeat().ifNoItem().after(PAUSE_LATENCY).fail().memoize().indefinitely();
            current = now;
        }
        now.subscribe().with(_ -> ended(null), this::ended);
    }

    private Uni<Void> heartbeat() {
        return Uni.createFrom()
                .deferred(() -> {
                    var asked = System.nanoTime();
                    return laneStates.paused().invoke(paused -> tellLanes(paused, asked + PAUSE_LATENCY.toNanos()));
                })
                .flatMap(_ -> figures())
                .flatMap(figures -> registry.seen(self, figures))
                .flatMap(_ -> registry.prune());
    }

    private void tellLanes(Set<Lane> paused, long validUntil) {
        for (var lane : lanes) {
            if (paused.contains(lane.lane())) {
                lane.pause();
            } else {
                lane.mayClaim(validUntil);
            }
        }
    }

    private Uni<SortedMap<String, LaneFigures>> figures() {
        var running = lanes.stream().map(LaneWorker::running).toList();
        return Uni.join().all(running).andFailFast().map(counts -> {
            var figures = new TreeMap<String, LaneFigures>();
            for (var i = 0; i < lanes.size(); i++) {
                var lane = lanes.get(i).lane();
                figures.put(lane.sql(), stats.of(lane, counts.get(i)));
            }
            return figures;
        });
    }

    private void ended(@Nullable Throwable failure) {
        boolean next;
        boolean changed;
        synchronized (this) {
            beating = false;
            next = beatAgain;
            // Package database logs an outage of the database, so it is not reported again here.
            changed = (failure == null || DatabaseAwayException.isNot(failure)) && failing != (failure != null);
            failing ^= changed;
        }
        if (changed) {
            report(failure);
        }
        if (next) {
            beat();
        }
    }

    private void report(@Nullable Throwable failure) {
        if (failure == null) {
            events.registryAvailable();
        } else {
            events.registryUnavailable(failure);
        }
    }

    /** Stops the heartbeat and takes this process out of the registry. Ends when that is done; never fails. */
    Uni<Void> leave() {
        vertx.cancelTimer(timer);
        Uni<Void> last;
        synchronized (this) {
            left = true;
            last = current;
        }
        return last.onFailure()
                .recoverWithNull()
                .flatMap(_ -> registry.leave(self))
                .ifNoItem()
                .after(PAUSE_LATENCY)
                .fail()
                .onFailure()
                .invoke(events::notDeregistered)
                .onFailure()
                .recoverWithNull();
    }
}
