package io.weekly.worker;

import static io.weekly.testing.World.get;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.weekly.database.Database;
import io.weekly.queue.JobQueue;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import io.weekly.queue.Leases;
import io.weekly.queue.Priority;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One lane of two slots before twelve jobs. Its stages end, and are written, when the test says so. */
abstract class OneLane {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    JobQueue queue;

    @Inject
    Leases leases;

    @Inject
    WorkerEvents events;

    @Inject
    Vertx vertx;

    final CompletableFuture<Void> end = new CompletableFuture<>();
    CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
    volatile Slots slots = Slots.of(2);
    LaneWorker lane;

    @BeforeEach
    void twelveJobsAndALaneOfTwoSlots() {
        world.sql("DELETE FROM job");
        var reports = new ArrayList<String>();
        for (var i = 0; i < 12; i++) {
            reports.add(UUID.randomUUID().toString().replace("-", ""));
        }
        get(database.transaction(transaction -> queue.enqueue(transaction, Lane.GENERATE, Priority.BULK, 1, reports)));
        var stage = new TestStage(
                Lane.GENERATE, () -> slots, lease -> Uni.createFrom().completionStage(end).replaceWith(nothingToDo(lease)), false);
        lane = new LaneWorker(
                stage, MINUTE, leases, _ -> Uni.createFrom().completionStage(() -> written), events, vertx.getOrCreateContext());
    }

    @AfterEach
    void drained() {
        end.complete(null);
        written.complete(null);
        get(lane.drain());
        world.sql("DELETE FROM job");
    }

    private static FinishedStage nothingToDo(Lease lease) {
        return new FinishedStage(lease, Optional.empty(), Instant.EPOCH, Instant.EPOCH, new Outcome.NothingToDo());
    }

    void claimed(int count) {
        lane.mayClaim(inAMinute());
        lane.wake();
        await().until(() -> get(lane.held()).size() == count);
    }

    static long inAMinute() {
        return System.nanoTime() + MINUTE.toNanos();
    }

    /** Each claim moves it on. */
    int turn() {
        return world.count("SELECT turn FROM lane_turn WHERE lane = 'generate' AND priority = 1");
    }

    int jobs(String which) {
        return world.count("SELECT COUNT(*) FROM job WHERE " + which);
    }
}
