package io.weekly.queue;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.database.Database;
import io.weekly.queue.QueueModel.Due;
import io.weekly.queue.QueueModel.Job;
import io.weekly.queue.QueueModel.Key;
import io.weekly.queue.QueueModel.Share;
import io.weekly.queue.QueueModel.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** One random history of the queue. Each step does a verb to the rows and to the model, and then they are the same. */
final class QueueHistory {

    /** Longer than any history takes: a lease runs out when the history says so. */
    private static final Duration LEASE = Duration.ofMinutes(30);
    private static final int WINDOW_MINUTES = 600;
    private static final int EVERYTHING = 500;

    /** The verbs, with what each is one of; what there can be no jobs without comes more often. */
    private final List<Step> steps = List.of(
            new Step(5, "enqueue", this::enqueue), new Step(3, "enqueue a chunk", this::enqueueChunk),
            new Step(1, "let go", this::letGo), new Step(4, "claim", this::claim), new Step(4, "claim at once", this::claimAtOnce),
            new Step(2, "extend", this::extend), new Step(2, "hand over", this::handOver), new Step(3, "release", this::release),
            new Step(3, "retry", this::retry), new Step(4, "finish", this::finish), new Step(2, "leases run out", this::runOut),
            new Step(2, "rescue", this::rescue), new Step(2, "time passes", this::pass), new Step(3, "stage", this::stage),
            new Step(1, "discard", this::discard), new Step(1, "pause or resume", this::pause), new Step(3, "contend", this::contend));

    private final Verbs verbs;
    private final JobRows rows;
    private final Random random;
    private final QueueModel model = new QueueModel();
    private final Set<Lane> paused = EnumSet.noneOf(Lane.class);
    private final List<String> reports = new ArrayList<>();
    private final List<Chunk> chunks = new ArrayList<>();
    /** All that were ever claimed, also those that were lost: each may come back and try. */
    private final List<Lease> issued = new ArrayList<>();
    private final Set<Long> jobs = new HashSet<>();
    private final Set<Long> gone = new HashSet<>();
    private final List<String> story = new ArrayList<>();

    record Verbs(Database database, JobQueue queue, Leases leases, JobStager stager, JobRescuer rescuer, Lanes lanes) {}

    private record Step(int weight, String name, Runnable act) {}

    private record Chunk(RunChunk chunk, List<String> reports) {}

    QueueHistory(Verbs verbs, JobRows rows, long seed) {
        this.verbs = verbs;
        this.rows = rows;
        this.random = new Random(seed);
    }

    /** So many steps, and then everything that is left is done. */
    void tell(int length) {
        var weights = steps.stream().mapToInt(Step::weight).sum();
        for (var i = 0; i < length; i++) {
            var drawn = random.nextInt(weights);
            var step = steps.iterator();
            var next = step.next();
            while (drawn >= next.weight()) {
                drawn -= next.weight();
                next = step.next();
            }
            story.add(next.name());
            next.act().run();
            check();
        }
        story.add("end");
        end();
    }

    List<String> story() {
        return story;
    }

    private void check() {
        var found = rows.all();
        found.forEach((key, job) -> model.numbered(key, job.id()));
        assertThat(found).isEqualTo(model.jobs());
        found.values().forEach(job -> jobs.add(job.id()));
    }

    /** Of several tenants at once: none changes what another gets. */
    private void enqueue() {
        var lane = lane();
        var priority = random.nextInt(3) == 0 ? Priority.ON_DEMAND : Priority.BULK;
        var tenants = new ArrayList<>(List.of(1, 2, 3, 4));
        Collections.shuffle(tenants, random);
        var enqueued = new ArrayList<Uni<Void>>();
        for (var tenant : tenants.subList(0, between(1, 3))) {
            var fresh = reports(between(1, 4));
            // A report that was enqueued before, by its own tenant.
            model.jobs().entrySet().stream().filter(job -> job.getValue().tenant() == tenant).findFirst()
                    .ifPresent(job -> fresh.add(job.getKey().report()));
            model.enqueue(new Share(lane, priority, tenant), fresh);
            enqueued.add(verbs.database().transaction(
                    transaction -> verbs.queue().enqueue(transaction, lane, priority, tenant, fresh)));
        }
        get(Uni.join().all(enqueued).andFailFast());
    }

    private void enqueueChunk() {
        var chunk = !chunks.isEmpty() && random.nextInt(4) == 0 ? any(chunks) : chunk();
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
        var ids = reports(between(1, 5));
        var window = random.nextInt(3) == 0 ? 0 : WINDOW_MINUTES;
        var chunk = new RunChunk(between(1, 4), report(), JobRows.DEFINITION, "2026-W40", chunks.size() + 1, window,
                random.nextBoolean(), ids.size(), 0, ids.size());
        rows.reports(chunk, ids);
        chunks.add(new Chunk(chunk, ids));
        return chunks.getLast();
    }

    private void letGo() {
        chunks.stream().filter(chunk -> chunk.chunk().held()).findFirst().ifPresent(held -> {
            model.letGo(held.reports(), held.chunk().windowMinutes() > 0 ? Due.LATER : Due.COME);
            get(verbs.database().transaction(transaction -> verbs.queue().letGo(transaction, held.chunk())));
        });
    }

    /** Alone, a claimer gets the head of the lane, in order. */
    private void claim() {
        var lane = lane();
        var limit = between(1, 6);
        if (mayClaim(lane)) {
            var head = model.queue(lane).stream().limit(limit).toList();
            var claimed = get(verbs.leases().claim(lane, limit, LEASE));
            assertThat(claimed).extracting(Lease::jobId).isEqualTo(head);
            took(claimed);
        }
    }

    /** Among others it may step over what they are just about to take, and over nothing else. */
    private void claimAtOnce() {
        var lane = lane();
        var limits = random.ints(between(2, 5), 1, 5).boxed().toList();
        if (mayClaim(lane)) {
            var queue = model.queue(lane);
            var claims = get(Uni.join().all(limits.stream().map(limit -> verbs.leases().claim(lane, limit, LEASE)).toList()).andFailFast());
            var others = limits.stream().mapToInt(Integer::intValue).sum();
            for (var i = 0; i < claims.size(); i++) {
                assertThat(claims.get(i)).hasSizeLessThanOrEqualTo(limits.get(i));
                assertThat(claims.get(i)).extracting(lease -> queue.indexOf(lease.jobId()))
                        .isSorted().allSatisfy(place -> assertThat(place).isBetween(0, others - 1));
            }
            var all = claims.stream().flatMap(List::stream).toList();
            assertThat(all).extracting(Lease::jobId).doesNotHaveDuplicates();
            took(all);
        }
    }

    /** As a lane does: it asks whether somebody has paused it, and then claims or does not. */
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

    private void extend() {
        var held = some();
        var valid = get(verbs.leases().extend(held, LEASE));
        assertThat(valid).isEqualTo(model.valid(held));
        model.extended(valid);
    }

    private void handOver() {
        for (var lease : some()) {
            var valid = model.valid(List.of(lease));
            boolean may = get(verbs.database().transaction(transaction -> verbs.leases().handOver(transaction, lease, LEASE)));
            assertThat(may).isEqualTo(!valid.isEmpty());
            model.handingOver(valid);
        }
    }

    private void release() {
        var held = some();
        get(verbs.leases().release(held));
        model.released(model.valid(held));
    }

    private void retry() {
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

    private void finish() {
        var held = some();
        var valid = get(finish(held));
        assertThat(valid).isEqualTo(model.valid(held));
        gone(QueueModel.ids(valid));
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

    private void gone(Collection<Long> ids) {
        ids.forEach(id -> assertThat(gone.add(id)).as("job %d ends once", id).isTrue());
        model.gone(ids);
    }

    private void runOut() {
        passed(QueueModel.ids(model.valid(some())));
    }

    private void pass() {
        passed(model.those(job -> job.state() == State.SCHEDULED && random.nextBoolean()).stream().map(QueueHistory::id).toList());
    }

    private void passed(Collection<Long> ids) {
        rows.pass(ids);
        model.passed(ids);
    }

    private void rescue() {
        var runOut = model.runOut();
        assertThat(get(verbs.rescuer().rescueBatch())).isEqualTo(runOut.size());
        model.rescued(runOut);
    }

    private void stage() {
        var due = model.those(job -> job.state() == State.SCHEDULED && job.due() == Due.COME);
        assertThat(get(verbs.stager().stageBatch())).isEqualTo(due.size());
        model.stage(rows.all().values().stream().collect(Collectors.toMap(Job::id, Job::turn)));
    }

    /** Somebody calls it off; what a worker has is left to it. */
    private void discard() {
        var report = reports.isEmpty() ? "0".repeat(32) : any(reports);
        var found = get(verbs.database().transaction(transaction -> verbs.queue().lock(transaction, report)
                .call(job -> verbs.queue().discard(transaction, job.filter(one -> !one.leased())))));
        var job = found.map(one -> model.find(one.jobId()));
        assertThat(job.isPresent()).isEqualTo(model.jobs().keySet().stream().anyMatch(key -> key.report().equals(report)));
        assertThat(found.map(JobQueue.Found::leased)).isEqualTo(job.map(one -> one.state() == State.LEASED));
        assertThat(found.map(JobQueue.Found::handingOver)).isEqualTo(job.map(Job::handingOver));
        found.filter(one -> !one.leased()).ifPresent(one -> gone(List.of(one.jobId())));
    }

    private void pause() {
        var lane = lane();
        var wanted = !paused.contains(lane);
        get(verbs.lanes().pause(lane, wanted, "model"));
        if (wanted) {
            paused.add(lane);
        } else {
            paused.remove(lane);
        }
    }

    /** A worker that is late ends its jobs, twice, while they are rescued and given back: of all these, one comes to pass. */
    private void contend() {
        var late = some();
        passed(QueueModel.ids(model.valid(late)));
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
        gone(QueueModel.ids(ended));
        var found = rows.all().values().stream().filter(job -> runOut.contains(job.id()) && job.state() == State.READY).toList();
        var released = found.stream().filter(job -> job.attempt() < model.find(job.id()).attempt()).map(Job::id).toList();
        model.released(contended.stream().filter(lease -> released.contains(lease.jobId())).toList());
        var rest = found.stream().map(Job::id).filter(id -> !released.contains(id)).toList();
        assertThat(rescued).hasValue(rest.size());
        model.rescued(rest);
        assertThat(model.valid(contended)).as("nobody left it").isEmpty();
    }

    private void end() {
        for (var lane : Set.copyOf(paused)) {
            get(verbs.lanes().pause(lane, false, "model"));
            paused.remove(lane);
        }
        passed(model.those(job -> job.state() != State.READY).stream().map(QueueHistory::id).toList());
        rescue();
        stage();
        check();
        for (var lane : Lane.values()) {
            var queue = model.queue(lane);
            var claimed = get(verbs.leases().claim(lane, EVERYTHING, LEASE));
            assertThat(claimed).extracting(Lease::jobId).isEqualTo(queue);
            took(claimed);
            gone(QueueModel.ids(get(finish(claimed))));
        }
        check();
        assertThat(gone).as("every job has ended").isEqualTo(jobs);
    }

    /** Mostly such as are held, also such as were lost long ago. */
    private List<Lease> some() {
        var valid = model.valid(issued);
        var some = new ArrayList<>(random.nextInt(4) == 0 ? issued : issued.stream().filter(valid::contains).toList());
        Collections.shuffle(some, random);
        return some.subList(0, Math.min(some.size(), between(1, 4)));
    }

    private List<String> reports(int count) {
        var made = IntStream.range(0, count).mapToObj(i -> report()).collect(Collectors.toCollection(ArrayList::new));
        reports.addAll(made);
        return made;
    }

    /** Not one that a window would put so near its beginning that it is due before the history has ended. */
    private String report() {
        var id = new byte[16];
        var place = new CRC32();
        do {
            random.nextBytes(id);
            place.reset();
            place.update(id);
        } while (place.getValue() % 10_000 < 1_000);
        return HexFormat.of().formatHex(id);
    }

    private Lane lane() {
        // Mostly one, so that its jobs meet.
        return random.nextInt(4) == 0 ? Lane.DELIVER : Lane.GENERATE;
    }

    private int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static long id(Map.Entry<Key, Job> job) {
        return job.getValue().id();
    }
}
