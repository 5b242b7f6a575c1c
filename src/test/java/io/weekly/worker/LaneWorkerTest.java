package io.weekly.worker;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One lane, whose stages end when the test says so. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class LaneWorkerTest {

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

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
    private volatile Slots slots = Slots.of(2);
    private LaneWorker lane;

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

    @Test
    void aLaneThatWasNotToldYetWhetherItIsPausedClaimsNothing() {
        var turn = turn();

        lane.wake();
        get(lane.drain());

        assertThat(turn()).isEqualTo(turn);
    }

    @Test
    void aLaneThatWasToldTooLongAgoClaimsNothing() {
        var turn = turn();

        lane.mayClaim(System.nanoTime() - 1);
        lane.wake();
        get(lane.drain());

        assertThat(turn()).isEqualTo(turn);
    }

    @Test
    void aLaneHoldsNoMoreThanItHasRoomFor() {
        claimed(4);
        var turn = turn();

        lane.wake();
        lane.wake();
        var drained = lane.drain().subscribeAsCompletionStage();
        assertThat(get(lane.held())).hasSize(2);
        end.complete(null);
        drained.join();

        assertThat(turn()).isEqualTo(turn);
    }

    @Test
    void aPauseGivesBackWhatWaitsWithItsAttemptAndLeavesWhatRuns() {
        claimed(4);

        lane.pause();

        await().until(() -> jobs("state = 'leased'") == 2);
        assertThat(jobs("state = 'ready' AND attempt = 0")).isEqualTo(10);
        assertThat(get(lane.held())).hasSize(2).allSatisfy(lease -> assertThat(lease.attempt()).isEqualTo(1));
        assertThat(get(lane.running())).isEqualTo(2);
    }

    @Test
    void whatEndsInAPausedLaneMakesRoomForNothing() {
        claimed(4);
        lane.pause();
        await().until(() -> jobs("state = 'leased'") == 2);
        var turn = turn();

        end.complete(null);
        lane.wake();
        await().until(() -> get(lane.held()).isEmpty());
        get(lane.drain());

        assertThat(turn()).isEqualTo(turn);
    }

    @Test
    void aResumedLaneClaimsAtOnceThoughNobodyWakesIt() {
        claimed(4);
        lane.pause();
        await().until(() -> jobs("state = 'leased'") == 2);

        lane.mayClaim(inAMinute());

        await().until(() -> get(lane.held()).size() == 4);
    }

    @Test
    void aClaimThatComesInAfterThePauseIsGivenBackWhole() {
        lane.mayClaim(inAMinute());
        lane.wake();
        lane.pause();

        await().until(() -> jobs("state = 'ready' AND attempt = 0") == 12);
        assertThat(get(lane.held())).isEmpty();
        lane.mayClaim(inAMinute());
        await().until(() -> get(lane.held()).size() == 4);
    }

    @Test
    void aPlaceIsFreeWhenItsStageHasEndedButNoMoreIsHeldThanThereIsRoomFor() {
        written = new CompletableFuture<>();
        claimed(4);

        end.complete(null);

        await().until(() -> get(lane.running()) == 4);
        assertThat(jobs("state = 'leased'")).isEqualTo(4);
        assertThat(jobs("state = 'ready'")).isEqualTo(8);
        written.complete(null);
        await().until(() -> jobs("state = 'leased'") == 12);
    }

    @Test
    void aDrainWaitsUntilTheEndsAreWritten() {
        written = new CompletableFuture<>();
        claimed(4);
        end.complete(null);
        await().until(() -> get(lane.running()) == 4);

        var drained = lane.drain().subscribeAsCompletionStage();

        assertThat(get(lane.held())).hasSize(4);
        assertThat(drained).isNotDone();
        written.complete(null);
        await().until(drained::isDone);
    }

    @Test
    void aLaneWithoutAPlaceGivesBackWhatWaitsWithItsAttemptAndClaimsNothing() {
        claimed(4);

        slots = Slots.NONE;
        end.complete(null);

        await().until(() -> get(lane.held()).isEmpty() && jobs("state = 'ready' AND attempt = 0") == 10);
        var turn = turn();
        lane.wake();
        get(lane.drain());
        assertThat(turn()).isEqualTo(turn);
    }

    @Test
    void aLaneThatTriesWhetherItCanWorkHoldsOnlyWhatItTries() {
        slots = new Slots(1, false);

        claimed(1);

        lane.wake();
        assertThat(get(lane.held())).hasSize(1);
        assertThat(jobs("state = 'ready' AND attempt = 0")).isEqualTo(11);
    }

    @Test
    void aLaneThatGetsPlacesAgainFindsOutByAPoll() {
        slots = Slots.NONE;
        lane.mayClaim(inAMinute());
        lane.wake();
        assertThat(get(lane.held())).isEmpty();

        slots = Slots.of(3);
        lane.wake();

        await().until(() -> get(lane.held()).size() == 6);
        assertThat(get(lane.running())).isEqualTo(3);
    }

    private static FinishedStage nothingToDo(Lease lease) {
        return new FinishedStage(lease, Optional.empty(), Instant.EPOCH, Instant.EPOCH, new Outcome.NothingToDo());
    }

    private void claimed(int count) {
        lane.mayClaim(inAMinute());
        lane.wake();
        await().until(() -> get(lane.held()).size() == count);
    }

    private static long inAMinute() {
        return System.nanoTime() + MINUTE.toNanos();
    }

    /** Each claim moves it on. */
    private int turn() {
        return world.count("SELECT turn FROM lane_turn WHERE lane = 'generate' AND priority = 1");
    }

    private int jobs(String which) {
        return world.count("SELECT COUNT(*) FROM job WHERE " + which);
    }
}
