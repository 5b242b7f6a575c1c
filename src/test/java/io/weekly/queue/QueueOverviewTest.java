package io.weekly.queue;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.queue.QueueState.LaneState;
import io.weekly.queue.QueueState.WorkerState;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class QueueOverviewTest {

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    JobQueue queue;

    @Inject
    Leases leases;

    @Inject
    Lanes lanes;

    @Inject
    WorkerRegistry registry;

    @Inject
    QueueOverview overview;

    @Inject
    Clock clock;

    @BeforeEach
    @AfterEach
    void anEmptyQueueThatNobodyWorks() {
        world.sql("DELETE FROM job");
        world.sql("DELETE FROM worker");
        world.sql("UPDATE lane SET paused = FALSE");
    }

    @Test
    void anEmptyQueueThatNobodyWorksIsAllZeros() {
        var state = get(overview.now());

        assertThat(state.workers()).isEmpty();
        assertThat(state.lanes()).containsExactly(
                new LaneState(Lane.GENERATE, false, 0, 0, 0, 0, 0, 0, 0), new LaneState(Lane.DELIVER, false, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void jobsAreCountedByLaneAndState() {
        enqueue(Lane.GENERATE, 10);
        enqueue(Lane.DELIVER, 2);
        var leased = get(leases.claim(Lane.GENERATE, 4, Duration.ofMinutes(1)));
        get(database.transaction(transaction -> queue.retry(transaction, leased.getFirst(), Duration.ofHours(1), false)));

        assertThat(lane(Lane.GENERATE)).extracting(LaneState::ready, LaneState::running, LaneState::scheduled)
                .containsExactly(6L, 3L, 1L);
        assertThat(lane(Lane.DELIVER)).extracting(LaneState::ready, LaneState::running, LaneState::scheduled)
                .containsExactly(2L, 0L, 0L);
    }

    @Test
    void theOldestJobIsTheOneThatHasBeenReadyLongest() {
        enqueue(Lane.GENERATE, 3);
        world.sql("UPDATE job SET due_at = NOW(6) - INTERVAL 20 MINUTE ORDER BY id DESC LIMIT 1");
        enqueue(Lane.DELIVER, 1);
        world.sql("UPDATE job SET due_at = NOW(6) - INTERVAL 30 MINUTE, state = 'scheduled' WHERE lane = 'deliver'");

        assertThat(lane(Lane.GENERATE).oldestReadySeconds()).isBetween(1200.0, 1230.0);
        assertThat(lane(Lane.DELIVER).oldestReadySeconds()).isZero();
    }

    @Test
    void theFiguresOfAllWorkersAreAddedUp() {
        seen("a", Map.of(
                "generate", figures(2, 30, 1, Duration.ofMillis(10), 90),
                "deliver", figures(4, 20, 0, Duration.ofSeconds(2), 20)));
        seen("b", Map.of("generate", figures(1, 12, 3, Duration.ofSeconds(8), 10)));

        var state = get(overview.now());

        assertThat(state.workers()).extracting(WorkerState::host).containsExactly("a", "b");
        assertThat(state.workers()).extracting(WorkerState::running).containsExactly(6, 1);
        assertThat(state.workers()).extracting(WorkerState::lanes).containsExactly(List.of("deliver", "generate"), List.of("generate"));
        assertThat(state.lanes().getFirst().finishedPerMinute()).isEqualTo(42);
        assertThat(state.lanes().getFirst().failedPerMinute()).isEqualTo(4);
        // A tenth of all jobs waited eight seconds. Only the second process has them.
        assertThat(state.lanes().getFirst().p95WaitSeconds()).isBetween(8.0, 9.6);
        assertThat(state.lanes().getLast().p95WaitSeconds()).isBetween(2.0, 2.4);
    }

    @Test
    void aSilentWorkerIsHiddenAfterTenSecondsAndDeletedAfterAMinute() {
        seen("late", Map.of("generate", figures(1, 12, 3, Duration.ofSeconds(8), 10)));
        world.sql("UPDATE worker SET last_seen = NOW(6) - INTERVAL 11 SECOND");
        seen("living", Map.of("generate", figures(1, 5, 0, Duration.ofSeconds(1), 10)));

        get(registry.prune());
        assertThat(get(overview.now()).workers()).extracting(WorkerState::host).containsExactly("living");
        assertThat(lane(Lane.GENERATE).finishedPerMinute()).isEqualTo(5);
        assertThat(world.count("SELECT COUNT(*) FROM worker")).isEqualTo(2);

        world.sql("UPDATE worker SET last_seen = NOW(6) - INTERVAL 61 SECOND WHERE host = 'late'");
        get(registry.prune());
        assertThat(world.count("SELECT COUNT(*) FROM worker")).isEqualTo(1);
    }

    @Test
    void aWorkerHasOneRowUntilItLeaves() {
        var worker = new Worker(Ids.next(clock), "host", clock.instant());
        get(registry.seen(worker, new TreeMap<>(Map.of("deliver", figures(1, 1, 0, Duration.ofSeconds(1), 1)))));
        world.sql("UPDATE worker SET last_seen = NOW(6) - INTERVAL 30 SECOND");
        get(registry.seen(worker, new TreeMap<>(Map.of("deliver", figures(1, 7, 0, Duration.ofSeconds(1), 1)))));

        assertThat(get(overview.now()).workers()).singleElement().extracting(WorkerState::id).isEqualTo(worker.id());
        assertThat(lane(Lane.DELIVER).finishedPerMinute()).isEqualTo(7);

        get(registry.leave(worker));
        assertThat(world.count("SELECT COUNT(*) FROM worker")).isZero();
    }

    @Test
    void aClaimKnowsHowLongTheJobWaited() {
        enqueue(Lane.GENERATE, 1);
        world.sql("UPDATE job SET due_at = NOW(6) - INTERVAL 90 SECOND");

        var lease = get(leases.claim(Lane.GENERATE, 1, Duration.ofMinutes(1))).getFirst();

        assertThat(lease.waited()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
    }

    @Test
    void aRepeatedPauseIsAuditedOnce() {
        var before = world.events("deliver").size();
        // Other tests of the same application pause lanes too, as other operators.
        var operator = UUID.randomUUID().toString();
        var actor = "operator:" + operator;

        get(lanes.pause(Lane.DELIVER, true, actor));
        get(lanes.pause(Lane.DELIVER, true, actor));
        assertThat(get(lanes.paused())).containsExactly(Lane.DELIVER);
        get(lanes.pause(Lane.DELIVER, false, actor));
        get(lanes.pause(Lane.DELIVER, false, actor));

        assertThat(get(lanes.paused())).isEmpty();
        assertThat(world.events("deliver").stream().skip(before)).containsExactly("lane.paused", "lane.resumed");
        assertThat(world.count("""
            SELECT COUNT(*)
            FROM audit_event e
            JOIN audit_person p ON e.actor = CONCAT('operator:', LOWER(HEX(p.pseudonym)))
            WHERE e.subject = 'deliver' AND e.tenant_id IS NULL AND p.user_id = ?""", operator)).isEqualTo(2);
    }

    private LaneState lane(Lane lane) {
        return get(overview.of(lane));
    }

    private void enqueue(Lane lane, int count) {
        var reports = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            reports.add(UUID.randomUUID().toString().replace("-", ""));
        }
        get(database.transaction(transaction -> queue.enqueue(transaction, lane, Priority.BULK, 1, reports)));
    }

    private void seen(String host, Map<String, LaneFigures> lanes) {
        get(registry.seen(new Worker(Ids.next(clock), host, clock.instant()), new TreeMap<>(lanes)));
    }

    private static LaneFigures figures(int running, int finished, int failed, Duration wait, int claimed) {
        return new LaneFigures(running, finished, failed, WaitHistogram.of(Map.of(WaitHistogram.bucket(wait), claimed)));
    }
}
