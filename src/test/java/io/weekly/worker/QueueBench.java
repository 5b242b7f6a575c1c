package io.weekly.worker;

import static io.weekly.testing.World.get;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.weekly.bench.BareLoop;
import io.weekly.bench.Cpu;
import io.weekly.database.Database;
import io.weekly.queue.JobQueue;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import io.weekly.queue.Leases;
import io.weekly.queue.Priority;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * Jobs that do nothing, through the lane, its leases and the finisher as they are, against {@link BareLoop}: two threads of JDBC that claim 50 jobs in one transaction
 * and delete them in the next. Same rows, same server, every commit on disk; in turns, CPU of client and server together.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class QueueBench {

    private static final int JOBS = 20_000;
    private static final int TENANTS = 20;
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 5;

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    JobQueue queue;

    @Inject
    Leases leases;

    @Inject
    Finisher finisher;

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
        for (var i = 0; i < WARM_UP + ROUNDS; i++) {
            enqueue();
            world.sql("INSERT INTO bare_job SELECT * FROM job");
            bare.add(round(() -> new BareLoop("jdbc:" + url, user, password.orElse("")).run(JOBS)));
            ours.add(round(this::workThroughTheLane));
        }
        bare.subList(0, WARM_UP).clear();
        ours.subList(0, WARM_UP).clear();
        System.out.printf("%d jobs that do nothing, %d rounds in turns, medians:%n", JOBS, ROUNDS);
        System.out.printf("bare loop  %.0f jobs/s, CPU %.3f s per 1,000%n", median(bare, Round::rate), median(bare, Round::cpu));
        System.out.printf("the queue  %.0f jobs/s, CPU %.3f s per 1,000%n", median(ours, Round::rate), median(ours, Round::cpu));
        System.out.printf("ratio: jobs/s %.2f, CPU %.2f%n",
                median(ours, Round::rate) / median(bare, Round::rate), median(ours, Round::cpu) / median(bare, Round::cpu));
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

    private void workThroughTheLane() throws InterruptedException {
        var left = new CountDownLatch(JOBS);
        var lane = new LaneWorker(
                Lane.GENERATE, 2, Duration.ofMinutes(1), leases, vertx.getOrCreateContext(),
                lease -> Uni.createFrom().item(done(lease)), finished -> finisher.finish(finished).invoke(left::countDown));
        lane.mayClaim(System.nanoTime() + Duration.ofMinutes(5).toNanos());
        lane.wake();
        if (!left.await(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException(left.getCount() + " jobs were not done");
        }
        get(lane.drain());
    }

    private Finished done(Lease lease) {
        var now = clock.instant();
        return new Finished(lease, Optional.empty(), now, now, new Outcome.Moot(), Optional.empty());
    }

    private interface Work {
        void run() throws Exception;
    }

    private static Round round(Work work) throws Exception {
        var cpu = Cpu.ofClientAndServer();
        var start = System.nanoTime();
        work.run();
        var seconds = (System.nanoTime() - start) / 1e9;
        return new Round(JOBS / seconds, Cpu.ofClientAndServer().minus(cpu).toNanos() / 1e9 / JOBS * 1000);
    }

    private static double median(ArrayList<Round> rounds, ToDoubleFunction<Round> of) {
        return rounds.stream().mapToDouble(of).sorted().skip(rounds.size() / 2).findFirst().orElseThrow();
    }
}
