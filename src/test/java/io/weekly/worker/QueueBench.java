package io.weekly.worker;

import static io.weekly.testing.World.get;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.weekly.bench.BareLoop;
import io.weekly.bench.BareReports;
import io.weekly.bench.Cpu;
import io.weekly.bench.Memory;
import io.weekly.database.Database;
import io.weekly.delivery.Deliveries;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.OutgoingMail;
import io.weekly.queue.JobQueue;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import io.weekly.queue.Leases;
import io.weekly.queue.Priority;
import io.weekly.report.DeliveryMode;
import io.weekly.report.FileType;
import io.weekly.report.ReportStages;
import io.weekly.report.StoredFile;
import io.weekly.run.RunStart;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * Measures two things. First, jobs that do nothing, with the real lane, leases and completer, compared with {@link BareLoop}: two JDBC
 * threads that claim 50 jobs in one transaction and delete them in the next. Both have the same rows and server, write every commit to
 * disk, and run in turns; CPU is of client and server together. Second, reports whose stages do nothing but are written as always (status,
 * files, delivery, audit, counters), compared with {@link BareReports}.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class QueueBench {

    private static final int JOBS = 20_000;
    private static final int TENANTS = 20;
    private static final int REPORTS = 5_000;
    private static final Duration ONE_DAY = Duration.ofDays(1);
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 5;
    private static final int WARM_UP_OF_REPORTS = 1;
    private static final int ROUNDS_OF_REPORTS = 3;

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    JobQueue queue;

    @Inject
    Leases leases;

    @Inject
    BatchCompleter completer;

    @Inject
    RunStart start;

    @Inject
    ReportStages reports;

    @Inject
    Deliveries deliveries;

    @Inject
    BeginHandOver beginHandOver;

    @Inject
    WorkerEvents events;

    @Inject
    Vertx vertx;

    @Inject
    Clock clock;

    @ConfigProperty(name = "quarkus.datasource.reactive.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    Optional<String> password;

    /** Jobs a second, and CPU seconds per 1,000 jobs. */
    private record Round(double rate, double cpu) {}

    @Test
    void jobsThatDoNothing() throws Exception {
        world.sql("CREATE TABLE bare_job LIKE job");
        var bare = new ArrayList<Round>();
        var ours = new ArrayList<Round>();
        var memory = Memory.of(() -> {
            for (var i = 0; i < WARM_UP + ROUNDS; i++) {
                enqueue();
                world.sql("INSERT INTO bare_job SELECT * FROM job");
                bare.add(round(JOBS, () -> new BareLoop("jdbc:" + url, user, password.orElse("")).run(JOBS)));
                ours.add(round(JOBS, this::workThroughTheLane));
            }
        });
        bare.subList(0, WARM_UP).clear();
        ours.subList(0, WARM_UP).clear();
        System.out.printf("%d jobs that do nothing, %d rounds in turns, medians:%n", JOBS, ROUNDS);
        System.out.printf("bare loop  %.0f jobs/s, CPU %.3f s per 1,000%n", median(bare, Round::rate), median(bare, Round::cpu));
        System.out.printf("the queue  %.0f jobs/s, CPU %.3f s per 1,000%n", median(ours, Round::rate), median(ours, Round::cpu));
        System.out.printf("ratio: jobs/s %.2f, CPU %.2f%n",
                median(ours, Round::rate) / median(bare, Round::rate), median(ours, Round::cpu) / median(bare, Round::cpu));
        System.out.println(memory);
    }

    private void enqueue() {
        for (var tenant = 1; tenant <= TENANTS; tenant++) {
            var of = tenant;
            var reports = new ArrayList<String>();
            for (var i = 0; i < JOBS / TENANTS; i++) {
                reports.add(UUID.randomUUID().toString().replace("-", ""));
            }
            get(database.transaction(transaction -> queue.enqueue(transaction, Lane.GENERATE, Priority.BULK, of, reports)));
        }
    }

    @Test
    void reportsThatAreWritten() throws Exception {
        var bare = new BareReports("jdbc:" + url, user, password.orElse(""));
        var rounds = new TreeMap<String, List<Round>>();
        var memory = Memory.of(() -> {
            for (var i = 0; i < WARM_UP_OF_REPORTS + ROUNDS_OF_REPORTS; i++) {
                var counts = i >= WARM_UP_OF_REPORTS;
                queued();
                add(rounds, counts, "generated, bare loop", round(REPORTS, () -> bare.generate(REPORTS)));
                add(rounds, counts, "delivered, bare loop", round(REPORTS, () -> bare.deliver(REPORTS)));
                queued();
                add(rounds, counts, "generated, the queue", round(REPORTS, () -> work(Lane.GENERATE, REPORTS, this::generated, false)));
                add(rounds, counts, "delivered, the queue", round(REPORTS, () -> work(Lane.DELIVER, REPORTS, this::delivered, true)));
            }
        });
        System.out.printf("%d reports whose stages do nothing but are written, %d rounds in turns, medians:%n", REPORTS, ROUNDS_OF_REPORTS);
        rounds.forEach((name, of) -> System.out.printf(
                "%s  %.0f a second, CPU %.3f s per 1,000%n", name, median(of, Round::rate), median(of, Round::cpu)));
        System.out.println(memory);
    }

    private void queued() {
        var tenant = world.tenant();
        world.recipients(tenant, REPORTS, "b");
        var run = get(start.byHand(world.order(tenant, "weekly-business", DeliveryMode.ATTACHMENT)));
        await().until(() -> world.count("SELECT COUNT(*) FROM run WHERE id = UNHEX(?) AND state = 'running'", run) == 1);
    }

    private static void add(Map<String, List<Round>> rounds, boolean counts, String name, Round round) {
        if (counts) {
            rounds.computeIfAbsent(name, first -> new ArrayList<>()).add(round);
        }
    }

    private Uni<FinishedStage> generated(Lease lease) {
        var now = clock.instant();
        var files = Stream.of("pdf", StoredFile.MAIL)
                .map(format -> new StoredFile(
                        format, FileType.PDF, 1, "0".repeat(64), "t/p/" + lease.reportId() + "." + format, now, now.plus(ONE_DAY)))
                .toList();
        return reports.task(lease.tenantId(), lease.reportId())
                .map(found -> new FinishedStage(lease, found, now, now, new Outcome.Generated("1", files, List.of())));
    }

    private Uni<FinishedStage> delivered(Lease lease) {
        var now = clock.instant();
        var accepted = new HandOver.Accepted("250 ok");
        var delivery = deliveries.first(lease.reportId(), now);
        var mail = new OutgoingMail("r@bench.test", "Weekly", null, delivery.messageId(), "Report", null, "text", List.of());
        var composed = new MailComposer.Composed(mail, DeliveryMode.ATTACHMENT);
        return reports.task(lease.tenantId(), lease.reportId())
                .call(found -> beginHandOver.commit(new DeliveryAttempt(lease, found.orElseThrow(), delivery, 0), composed))
                .map(found -> new FinishedStage(lease, found, now, now, new Outcome.HandedOver(accepted)));
    }

    private void workThroughTheLane() throws InterruptedException {
        work(Lane.GENERATE, JOBS, lease -> Uni.createFrom().item(nothingToDo(lease)), false);
    }

    private void work(Lane of, int jobs, Function<Lease, Uni<FinishedStage>> stage, boolean keepsSlotUntilWritten)
            throws InterruptedException {
        var left = new CountDownLatch(jobs);
        var slots = Slots.of(of == Lane.GENERATE ? 2 : 8);
        var lane = new LaneWorker(
                new TestStage(of, () -> slots, stage, keepsSlotUntilWritten), Duration.ofMinutes(1), leases,
                finished -> completer.complete(finished).invoke(left::countDown), events, vertx.getOrCreateContext());
        lane.mayClaim(System.nanoTime() + Duration.ofMinutes(5).toNanos());
        lane.wake();
        if (!left.await(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException(left.getCount() + " jobs were not done");
        }
        get(lane.drain());
    }

    private FinishedStage nothingToDo(Lease lease) {
        var now = clock.instant();
        return new FinishedStage(lease, Optional.empty(), now, now, new Outcome.NothingToDo());
    }

    private interface Work {
        void run() throws Exception;
    }

    private static Round round(int jobs, Work work) throws Exception {
        var cpu = Cpu.ofClientAndServer();
        var start = System.nanoTime();
        work.run();
        var seconds = (System.nanoTime() - start) / 1e9;
        return new Round(jobs / seconds, Cpu.ofClientAndServer().minus(cpu).toNanos() / 1e9 / jobs * 1000);
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
        return rounds.stream().mapToDouble(of).sorted().skip(rounds.size() / 2).findFirst().orElseThrow();
    }
}
