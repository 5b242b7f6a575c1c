package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.weekly.database.DatabaseAwayException;
import io.weekly.database.Ids;
import io.weekly.queue.Lane;
import io.weekly.queue.LaneFigures;
import io.weekly.queue.LaneSignal;
import io.weekly.queue.Lanes;
import io.weekly.queue.LastMinute;
import io.weekly.queue.Registry;
import io.weekly.queue.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * This process among those that work lanes: each beat asks which lanes are paused, tells the lanes, and says that it is alive and what it
 * did.
 */
@ApplicationScoped
class Presence {

    private static final Logger LOG = Logger.getLogger(Presence.class);
    /** The contract's: a paused lane is not claimed from for longer, in any process. So what a beat learned may be gone by for as long. */
    private static final Duration PROMISE = Duration.ofSeconds(2);

    private final WorkerConfig config;
    private final Lanes pauses;
    private final LaneSignal signal;
    private final Registry registry;
    private final LastMinute lastMinute;
    private final Vertx vertx;
    private final Worker self;

    private List<LaneWorker> lanes = List.of();
    private long timer;
    private Uni<Void> underWay = Uni.createFrom().voidItem();
    private boolean beating;
    private boolean again;
    private boolean left;
    private boolean failing;

    Presence(
            WorkerConfig config, Lanes pauses, LaneSignal signal, Registry registry, LastMinute lastMinute, Vertx vertx, Clock clock) {
        this.config = config;
        this.pauses = pauses;
        this.signal = signal;
        this.registry = registry;
        this.lastMinute = lastMinute;
        this.vertx = vertx;
        this.self = new Worker(Ids.next(clock), host(), clock.instant());
    }

    /** A container says its name in the environment; elsewhere the system knows it. */
    private static String host() {
        var name = System.getenv("HOSTNAME");
        try {
            return name == null || name.isBlank() ? InetAddress.getLocalHost().getHostName() : name;
        } catch (UnknownHostException e) {
            LOG.warnf("this host does not know its name: %s", e.getMessage());
            return "unknown";
        }
    }

    void start(List<LaneWorker> working) {
        lanes = List.copyOf(working);
        timer = vertx.setPeriodic(config.heartbeatInterval().toMillis(), tick -> beat());
        signal.listen(this::beat);
        beat();
    }

    /** One at a time, and one more after it where it was asked for meanwhile: so no lane is told what an older look saw. */
    private void beat() {
        Uni<Void> now;
        synchronized (this) {
            again = beating;
            if (beating || left) {
                return;
            }
            beating = true;
            now = look().ifNoItem().after(PROMISE).fail().memoize().indefinitely();
            underWay = now;
        }
        now.subscribe().with(done -> ended(null), this::ended);
    }

    private Uni<Void> look() {
        return Uni.createFrom()
                .deferred(() -> {
                    var asked = System.nanoTime();
                    return pauses.paused().invoke(paused -> tell(paused, asked + PROMISE.toNanos()));
                })
                .flatMap(told -> figures())
                .flatMap(figures -> registry.seen(self, figures))
                .flatMap(seen -> registry.prune());
    }

    private void tell(Set<Lane> paused, long until) {
        for (var lane : lanes) {
            if (paused.contains(lane.lane())) {
                lane.pause();
            } else {
                lane.mayClaim(until);
            }
        }
    }

    private Uni<SortedMap<String, LaneFigures>> figures() {
        var running = lanes.stream().map(LaneWorker::running).toList();
        return Uni.join().all(running).andFailFast().map(counts -> {
            var figures = new TreeMap<String, LaneFigures>();
            for (var i = 0; i < lanes.size(); i++) {
                var lane = lanes.get(i).lane();
                figures.put(lane.sql(), lastMinute.of(lane, counts.get(i)));
            }
            return figures;
        });
    }

    private void ended(Throwable failure) {
        boolean next;
        boolean changed;
        synchronized (this) {
            beating = false;
            next = again;
            // That the database is away is logged where it is known, and says nothing new of the registry.
            changed = (failure == null || DatabaseAwayException.isNot(failure)) && failing != (failure != null);
            failing ^= changed;
        }
        if (changed) {
            tellOnce(failure);
        }
        if (next) {
            beat();
        }
    }

    private void tellOnce(Throwable failure) {
        if (failure == null) {
            LOG.info("the registry of workers answers again");
        } else {
            LOG.errorf("the registry of workers does not answer, so nothing is claimed until it does: %s", failure);
        }
    }

    /** No beat comes after this, and the registry knows this process no more. Ends when that is so; never fails. */
    Uni<Void> leave() {
        vertx.cancelTimer(timer);
        Uni<Void> last;
        synchronized (this) {
            left = true;
            last = underWay;
        }
        return last.onFailure()
                .recoverWithNull()
                .flatMap(ended -> registry.leave(self))
                .ifNoItem()
                .after(PROMISE)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.warnf("this worker could not be taken out of the registry, where it will be forgotten: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
