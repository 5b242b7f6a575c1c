package io.weekly.queue;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.weekly.queue.QueueModel.Due;
import io.weekly.queue.QueueModel.Job;
import io.weekly.queue.QueueModel.Share;
import io.weekly.queue.QueueModel.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** Steps that enqueue, stage and discard jobs. */
final class EnqueueSteps {

    private static final int WINDOW_MINUTES = 600;

    private final ModelledQueue queue;
    private final ModelledQueue.Verbs verbs;
    private final QueueModel model;
    private final Random random;
    private final List<String> reports = new ArrayList<>();
    private final List<Chunk> chunks = new ArrayList<>();

    private record Chunk(RunChunk chunk, List<String> reports) {}

    EnqueueSteps(ModelledQueue queue) {
        this.queue = queue;
        this.verbs = queue.verbs();
        this.model = queue.model();
        this.random = queue.random();
    }

    /** Several tenants at the same time: none changes the turns of another. */
    void enqueue() {
        var lane = queue.lane();
        var priority = random.nextInt(3) == 0 ? Priority.ON_DEMAND : Priority.BULK;
        var tenants = new ArrayList<>(List.of(1, 2, 3, 4));
        Collections.shuffle(tenants, random);
        var enqueued = new ArrayList<Uni<Void>>();
        for (var tenant : tenants.subList(0, queue.between(1, 3))) {
            var fresh = reports(queue.between(1, 4));
            // A report that its own tenant has enqueued before.
            model.jobs().entrySet().stream().filter(job -> job.getValue().tenant() == tenant).findFirst()
                    .ifPresent(job -> fresh.add(job.getKey().report()));
            model.enqueue(new Share(lane, priority, tenant), fresh);
            enqueued.add(verbs.database().transaction(
                    transaction -> verbs.queue().enqueue(transaction, lane, priority, tenant, fresh)));
        }
        get(Uni.join().all(enqueued).andFailFast());
    }

    void enqueueChunk() {
        var chunk = !chunks.isEmpty() && random.nextInt(4) == 0 ? queue.any(chunks) : chunk();
        var held = chunk.chunk().held();
        var share = new Share(Lane.GENERATE, Priority.BULK, chunk.chunk().tenantId());
        if (held || chunk.chunk().windowMinutes() > 0) {
            model.enqueueScheduled(share, chunk.reports(), held ? Due.NEVER : Due.LATER);
        } else {
            model.enqueue(share, chunk.reports());
        }
        get(verbs.database().transaction(transaction -> verbs.queue().enqueue(transaction, chunk.chunk())));
    }

    private Chunk chunk() {
        var ids = reports(queue.between(1, 5));
        var window = random.nextInt(3) == 0 ? 0 : WINDOW_MINUTES;
        var chunk = new RunChunk(queue.between(1, 4), report(), JobRows.DEFINITION, "2026-W40", chunks.size() + 1, window,
                random.nextBoolean(), ids.size(), 0, ids.size());
        queue.rows().reports(chunk, ids);
        chunks.add(new Chunk(chunk, ids));
        return chunks.getLast();
    }

    void letGo() {
        chunks.stream().filter(chunk -> chunk.chunk().held()).findFirst().ifPresent(held -> {
            model.letGo(held.reports(), held.chunk().windowMinutes() > 0 ? Due.LATER : Due.COME);
            get(verbs.database().transaction(transaction -> verbs.queue().letGo(transaction, held.chunk())));
        });
    }

    void pass() {
        var some = model.those(job -> job.state() == State.SCHEDULED && random.nextBoolean());
        queue.passed(some.stream().map(job -> job.getValue().id()).toList());
    }

    void stage() {
        var due = model.those(job -> job.state() == State.SCHEDULED && job.due() == Due.COME);
        assertThat(get(verbs.stager().stageBatch())).isEqualTo(due.size());
        model.stage(queue.rows().all().values().stream().collect(Collectors.toMap(Job::id, Job::turn)));
    }

    /** A person cancels a job. A job that a worker has is left to the worker. */
    void discard() {
        var report = reports.isEmpty() ? "0".repeat(32) : queue.any(reports);
        var found = get(verbs.database().transaction(transaction -> verbs.queue().lock(transaction, report)
                .call(job -> verbs.queue().discard(transaction, job.filter(one -> !one.leased())))));
        var job = found.map(one -> model.find(one.jobId()));
        assertThat(job.isPresent()).isEqualTo(model.jobs().keySet().stream().anyMatch(key -> key.report().equals(report)));
        assertThat(found.map(JobQueue.Found::leased)).isEqualTo(job.map(one -> one.state() == State.LEASED));
        assertThat(found.map(JobQueue.Found::handingOver)).isEqualTo(job.map(Job::handingOver));
        found.filter(one -> !one.leased()).ifPresent(one -> queue.ended(List.of(one.jobId())));
    }

    private List<String> reports(int count) {
        var made = IntStream.range(0, count).mapToObj(i -> report()).collect(Collectors.toCollection(ArrayList::new));
        reports.addAll(made);
        return made;
    }

    /** An id whose place in a window is not near the beginning: else the job would be due before the history ends. */
    private String report() {
        var id = new byte[16];
        var hash = new CRC32();
        do {
            random.nextBytes(id);
            hash.reset();
            hash.update(id);
        } while (hash.getValue() % 10_000 < 1_000);
        return HexFormat.of().formatHex(id);
    }
}
