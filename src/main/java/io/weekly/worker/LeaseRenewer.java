package io.weekly.worker;

import io.vertx.core.Vertx;
import io.weekly.database.DatabaseAwayException;
import io.weekly.queue.Lease;
import io.weekly.queue.Leases;
import io.weekly.queue.QueueConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Extends the leases that this process holds, well before they expire, and tells each lane which ones were lost. */
@ApplicationScoped
class LeaseRenewer {

    private final Leases leases;
    private final Duration leaseTime;
    private final WorkerEvents events;
    private final Vertx vertx;

    LeaseRenewer(Leases leases, QueueConfig config, WorkerEvents events, Vertx vertx) {
        this.leases = leases;
        this.leaseTime = config.lease();
        this.events = events;
        this.vertx = vertx;
    }

    /**
     * Renews until the process ends, also while the lanes drain, because a running stage must keep its lease. It renews three times in the
     * time of a lease, so that a lease is not lost if one or two renewals fail.
     */
    void start(Collection<LaneWorker> lanes) {
        vertx.setPeriodic(leaseTime.dividedBy(3).toMillis(), _ -> lanes.forEach(this::renew));
    }

    private void renew(LaneWorker lane) {
        lane.held()
                .flatMap(held -> leases.extend(held, leaseTime).map(valid -> lost(held, valid)))
                .onFailure(DatabaseAwayException::isNot)
                .invoke(failure -> events.leasesNotExtended(lane.lane(), failure))
                .subscribe()
                .with(lost -> drop(lane, lost), _ -> {});
    }

    private static Set<Lease> lost(List<Lease> held, Set<Lease> valid) {
        var lost = new HashSet<>(held);
        lost.removeAll(valid);
        return lost;
    }

    private static void drop(LaneWorker lane, Set<Lease> lost) {
        // These include the leases of stages that ended in the meantime; the buffer no longer has them.
        if (!lost.isEmpty()) {
            lane.lost(lost);
        }
    }
}
