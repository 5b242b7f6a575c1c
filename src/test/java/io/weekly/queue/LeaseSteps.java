package io.weekly.queue;

import static io.weekly.queue.ModelledQueue.LEASE;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.queue.QueueModel.Due;
import io.weekly.queue.QueueModel.Job;
import io.weekly.queue.QueueModel.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** Steps of workers that hold a lease or have lost it, and of the rescuer. */
final class LeaseSteps {

    private final ModelledQueue queue;
    private final ModelledQueue.Verbs verbs;
    private final QueueModel model;
    private final Random random;
    private final List<Lease> issued;

    LeaseSteps(ModelledQueue queue, List<Lease> issued) {
        this.queue = queue;
        this.verbs = queue.verbs();
        this.model = queue.model();
        this.random = queue.random();
        this.issued = issued;
    }

    void extend() {
        var held = some();
        var valid = get(verbs.leases().extend(held, LEASE));
        assertThat(valid).isEqualTo(model.valid(held));
        model.extended(valid);
    }

    void handOver() {
        for (var lease : some()) {
            var valid = model.valid(List.of(lease));
            boolean may = get(verbs.database().transaction(transaction -> verbs.leases().handOver(transaction, lease, LEASE)));
            assertThat(may).isEqualTo(!valid.isEmpty());
            model.handingOver(valid);
        }
    }

    void release() {
        var held = some();
        get(verbs.leases().release(held));
        model.released(model.valid(held));
    }

    void retry() {
        var held = some();
        var atOnce = random.nextBoolean();
        var mark = random.nextBoolean();
        var valid = get(fenced(held, (transaction, locked) -> Multi.createFrom()
                .iterable(locked)
                .onItem()
                .transformToUniAndConcatenate(lease -> verbs.queue().retry(transaction, lease, atOnce ? Duration.ZERO : LEASE, mark))
                .collect()
                .last()));
        assertThat(valid).isEqualTo(model.valid(held));
        model.retried(valid, atOnce ? Due.COME : Due.LATER, mark);
    }

    void finish() {
        end(some());
    }

    void end(List<Lease> held) {
        var valid = get(finish(held));
        assertThat(valid).isEqualTo(model.valid(held));
        queue.ended(QueueModel.ids(valid));
    }

    private Uni<Set<Lease>> finish(List<Lease> held) {
        return fenced(held, verbs.queue()::complete);
    }

    /** As every stage ends: what is still held is locked, and only that is written. */
    private Uni<Set<Lease>> fenced(List<Lease> held, BiFunction<SqlClient, Set<Lease>, Uni<Void>> write) {
        return held.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : verbs.database().transaction(transaction -> verbs.leases().lockValid(transaction, held)
                        .call(valid -> write.apply(transaction, valid)));
    }

    void runOut() {
        queue.passed(QueueModel.ids(model.valid(some())));
    }

    void rescue() {
        var runOut = model.runOut();
        assertThat(get(verbs.rescuer().rescueBatch())).isEqualTo(runOut.size());
        model.rescued(runOut);
    }

    /** A late worker completes its jobs twice, while they are rescued and released. Only one of these takes effect. */
    void contend() {
        var late = some();
        queue.passed(QueueModel.ids(model.valid(late)));
        var contended = model.valid(late);
        var runOut = model.runOut();
        var ended = Collections.synchronizedList(new ArrayList<Lease>());
        var rescued = new AtomicInteger();
        var all = new ArrayList<Uni<Void>>(List.of(
                finish(late).invoke(ended::addAll).replaceWithVoid(),
                finish(late).invoke(ended::addAll).replaceWithVoid(),
                verbs.leases().release(late),
                verbs.rescuer().rescueBatch().invoke(rescued::set).replaceWithVoid()));
        Collections.shuffle(all, random);
        get(Uni.join().all(all).andFailFast());

        assertThat(ended).doesNotHaveDuplicates().isSubsetOf(contended);
        queue.ended(QueueModel.ids(ended));
        var found = queue.rows().all().values().stream().filter(job -> runOut.contains(job.id()) && job.state() == State.READY).toList();
        var released = found.stream().filter(job -> job.attempt() < model.find(job.id()).attempt()).map(Job::id).toList();
        model.released(contended.stream().filter(lease -> released.contains(lease.jobId())).toList());
        var rest = found.stream().map(Job::id).filter(id -> !released.contains(id)).toList();
        assertThat(rescued).hasValue(rest.size());
        model.rescued(rest);
        assertThat(model.valid(contended)).as("nobody left it").isEmpty();
    }

    /** Mostly leases that are held; also leases that were lost long ago. */
    private List<Lease> some() {
        var valid = model.valid(issued);
        var some = new ArrayList<>(random.nextInt(4) == 0 ? issued : issued.stream().filter(valid::contains).toList());
        Collections.shuffle(some, random);
        return some.subList(0, Math.min(some.size(), queue.between(1, 4)));
    }
}
