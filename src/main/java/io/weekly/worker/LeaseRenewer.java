package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.database.DatabaseAwayException;
import io.weekly.queue.Lease;
import io.weekly.queue.Leases;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** Extends the leases that this process holds, well before they run out, and tells the lanes which were lost. */
final class LeaseRenewer {

    private static final Logger LOG = Logger.getLogger(LeaseRenewer.class);

    private final Leases leases;
    private final Collection<LaneWorker> lanes;
    private final Duration leaseTime;

    LeaseRenewer(Leases leases, Collection<LaneWorker> lanes, Duration leaseTime) {
        this.leases = leases;
        this.lanes = lanes;
        this.leaseTime = leaseTime;
    }

    /** Two of them may fail before a lease is lost. */
    Duration every() {
        return leaseTime.dividedBy(3);
    }

    void beat() {
        for (var lane : lanes) {
            lane.held()
                    .flatMap(held -> leases.extend(held, leaseTime).map(valid -> lost(held, valid)))
                    .onFailure(DatabaseAwayException::isNot)
                    .invoke(failure -> LOG.errorf(failure, "the leases of lane %s could not be extended", lane.lane().sql()))
                    .subscribe()
                    .with(lost -> tell(lane, lost), told -> {});
        }
    }

    private static Set<Lease> lost(List<Lease> held, Set<Lease> valid) {
        var lost = new HashSet<>(held);
        lost.removeAll(valid);
        return lost;
    }

    private static void tell(LaneWorker lane, Set<Lease> lost) {
        // What ended between the two looks is among them, too: dropping it from the buffer does nothing then.
        if (!lost.isEmpty()) {
            lane.lost(lost);
        }
    }
}
