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
import io.weekly.queue.LaneStats;
import io.weekly.queue.Lanes;
import io.weekly.queue.Leases;
import io.weekly.queue.Priority;
import io.weekly.queue.WorkerRegistry;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process with one lane of one slot, whose stage never ends. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class WorkerHeartbeatTest {

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    JobQueue queue;

    @Inject
    Leases leases;

    @Inject
    WorkerConfig config;

    @Inject
    Lanes lanes;

    @Inject
    WorkerRegistry registry;

    @Inject
    LaneStats stats;

    @Inject
    WorkerEvents events;

    @Inject
    Vertx vertx;

    @Inject
    Clock clock;

    private WorkerHeartbeat heartbeat;
    private LaneWorker lane;

    @BeforeEach
    void aLaneAndNoOtherWorker() {
        world.sql("DELETE FROM worker");
        world.sql("DELETE FROM job");
        heartbeat = new WorkerHeartbeat(config, lanes, registry, stats, events, vertx, clock);
        var stage = new TestStage(Lane.GENERATE, () -> Slots.of(1), _ -> Uni.createFrom().nothing(), false);
        lane = new LaneWorker(stage, Duration.ofMinutes(1), leases, _ -> Uni.createFrom().voidItem(), events, vertx.getOrCreateContext());
    }

    @AfterEach
    void noWorkerAndNoPause() {
        get(heartbeat.leave());
        get(lanes.pause(Lane.GENERATE, false, "test"));
        world.sql("DELETE FROM job");
    }

    @Test
    void aStartedProcessIsInTheRegistryWithItsLanes() {
        heartbeat.start(List.of(lane));

        await().until(() -> workers() == 1);
        assertThat(world.rows("SELECT lanes FROM worker")).singleElement()
                .satisfies(row -> assertThat(row.getString("lanes")).contains("generate").doesNotContain("deliver"));
    }

    @Test
    void theRegistryIsWrittenAgainWithEachHeartbeat() {
        heartbeat.start(List.of(lane));
        await().until(() -> workers() == 1);

        world.sql("UPDATE worker SET last_seen = NOW(6) - INTERVAL 30 SECOND");

        await().until(() -> world.count("SELECT COUNT(*) FROM worker WHERE last_seen > NOW(6) - INTERVAL 10 SECOND") == 1);
    }

    @Test
    void aLaneThatNobodyHasPausedMayClaimAfterTheFirstHeartbeat() {
        aJob();
        lane.wake();

        heartbeat.start(List.of(lane));

        await().until(() -> get(lane.held()).size() == 1);
    }

    @Test
    void aPausedLaneClaimsNothingUntilItIsResumed() {
        get(lanes.pause(Lane.GENERATE, true, "test"));
        heartbeat.start(List.of(lane));
        // The row is written after the lane was told.
        await().until(() -> workers() == 1);

        aJob();
        lane.wake();
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5)).until(() -> get(lane.held()).isEmpty());
        get(lanes.pause(Lane.GENERATE, false, "test"));

        await().until(() -> get(lane.held()).size() == 1);
    }

    @Test
    void aProcessThatLeavesIsGoneFromTheRegistryForGood() {
        heartbeat.start(List.of(lane));
        await().until(() -> workers() == 1);

        get(heartbeat.leave());

        assertThat(workers()).isZero();
        // Asks for a heartbeat, as the timer does.
        get(lanes.pause(Lane.GENERATE, true, "test"));
        await().during(config.heartbeatInterval()).atMost(config.heartbeatInterval().multipliedBy(5)).until(() -> workers() == 0);
    }

    private void aJob() {
        var report = UUID.randomUUID().toString().replace("-", "");
        get(database.transaction(transaction -> queue.enqueue(transaction, Lane.GENERATE, Priority.BULK, 1, List.of(report))));
    }

    private int workers() {
        return world.count("SELECT COUNT(*) FROM worker");
    }
}
