package io.weekly.queue;

import static io.weekly.queue.ModelledQueue.LEASE;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Steps that claim jobs: one worker or several at the same time, if the lane is not paused. */
final class ClaimSteps {

    private static final int EVERYTHING = 500;

    private final ModelledQueue queue;
    private final ModelledQueue.Verbs verbs;
    private final QueueModel model;
    private final List<Lease> issued = new ArrayList<>();
    private final Set<Lane> paused = EnumSet.noneOf(Lane.class);

    ClaimSteps(ModelledQueue queue) {
        this.queue = queue;
        this.verbs = queue.verbs();
        this.model = queue.model();
    }

    /** Alone, a claimer gets the head of the lane, in order. */
    void claim() {
        claim(queue.lane(), queue.between(1, 6));
    }

    private void claim(Lane lane, int limit) {
        if (mayClaim(lane)) {
            var head = model.queue(lane).stream().limit(limit).toList();
            var claimed = get(verbs.leases().claim(lane, limit, LEASE));
            assertThat(claimed).extracting(Lease::jobId).isEqualTo(head);
            took(claimed);
        }
    }

    /** Among others it may step over what they are just about to take, and over nothing else. */
    void claimAtOnce() {
        var lane = queue.lane();
        var limits = queue.random().ints(queue.between(2, 5), 1, 5).boxed().toList();
        if (mayClaim(lane)) {
            var waiting = model.queue(lane);
            var claimers = limits.stream().map(limit -> verbs.leases().claim(lane, limit, LEASE)).toList();
            var claims = get(Uni.join().all(claimers).andFailFast());
            var others = limits.stream().mapToInt(Integer::intValue).sum();
            for (var i = 0; i < claims.size(); i++) {
                assertThat(claims.get(i)).hasSizeLessThanOrEqualTo(limits.get(i));
                assertThat(claims.get(i)).extracting(lease -> waiting.indexOf(lease.jobId()))
                        .isSorted().allSatisfy(place -> assertThat(place).isBetween(0, others - 1));
            }
            var all = claims.stream().flatMap(List::stream).toList();
            assertThat(all).extracting(Lease::jobId).doesNotHaveDuplicates();
            took(all);
        }
    }

    /** As a lane does: it reads whether it is paused, and claims if it is not. */
    private boolean mayClaim(Lane lane) {
        var known = get(verbs.lanes().paused());
        assertThat(known).isEqualTo(paused);
        return !known.contains(lane);
    }

    private void took(List<Lease> claimed) {
        for (var lease : claimed) {
            var job = model.find(lease.jobId());
            assertThat(lease.attempt()).isEqualTo(job.attempt() + 1);
            assertThat(lease.tenantId()).isEqualTo(job.tenant());
            assertThat(lease.handingOver()).isEqualTo(job.handingOver());
        }
        model.claimed(claimed);
        issued.addAll(claimed);
    }

    void pause() {
        var lane = queue.lane();
        var wanted = !paused.contains(lane);
        get(verbs.lanes().pause(lane, wanted, "model"));
        if (wanted) {
            paused.add(lane);
        } else {
            paused.remove(lane);
        }
    }

    /** Every lane goes on, and all that is ready is taken, in order. */
    List<Lease> claimAll() {
        for (var lane : Set.copyOf(paused)) {
            get(verbs.lanes().pause(lane, false, "model"));
        }
        paused.clear();
        for (var lane : Lane.values()) {
            claim(lane, EVERYTHING);
        }
        return issued;
    }

    /** All that were ever claimed, also those that were lost: each may come back and try. */
    List<Lease> issued() {
        return issued;
    }
}
