package io.weekly.schedule;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.weekly.database.Ids;
import io.weekly.report.DeliveryMode;
import io.weekly.tenant.Scope;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class RunEnqueuerTest {

    @Inject
    World world;

    @Inject
    RunEnqueuer enqueuer;

    @Inject
    RunChunks chunks;

    @Inject
    RunSweeper sweeper;

    @Inject
    RunStart start;

    @Inject
    Runs runs;

    private TenantRow tenant;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
    }

    @Test
    void aRunOfSeveralChunksHasEachRecipientOnceAndThenItsDueIsFrozen() {
        world.recipients(tenant, 4500, "many");
        world.sql("UPDATE recipient SET active = FALSE WHERE tenant_id = ? AND id % 10 = 0", tenant.id());
        var active = world.count("SELECT COUNT(*) FROM recipient WHERE tenant_id = ? AND active", tenant.id());

        var run = get(start.byHand(order()));
        // As replicas do: each takes the next chunk of what it is let at.
        get(Uni.join().all(chunks.next(tenant.id(), run), chunks.next(tenant.id(), run), chunks.next(tenant.id(), run)).andFailFast());
        get(enqueuer.enqueueOpenRuns());

        var found = awaitState(run, RunState.RUNNING);
        assertThat(found.due()).isEqualTo(active);
        assertThat(found.counts()).containsEntry("queued", active);
        assertThat(world.count("SELECT COUNT(*) FROM report WHERE run_id = UNHEX(?)", run)).isEqualTo(active);
        assertThat(world.count("SELECT COUNT(DISTINCT j.turn) FROM job j WHERE j.tenant_id = ?", tenant.id())).isEqualTo(active);
        assertThat(world.events(run)).startsWith("run.started", "run.reports-queued").endsWith("run.due-frozen");
    }

    @Test
    void whoEnqueuesARunAgainMakesNoSecondReportAndNoSecondJob() {
        world.recipients(tenant, 30, "once");
        var run = get(start.byHand(order()));
        awaitState(run, RunState.RUNNING);
        // As if nobody remembered that it was done.
        world.sql("UPDATE run SET state = 'enqueuing', enqueued_to = 0 WHERE id = UNHEX(?)", run);

        get(enqueuer.enqueueOpenRuns());

        assertThat(awaitState(run, RunState.RUNNING).due()).isEqualTo(30);
        assertThat(world.count("SELECT COUNT(*) FROM report WHERE tenant_id = ?", tenant.id())).isEqualTo(30);
        assertThat(world.count("SELECT COUNT(*) FROM job WHERE tenant_id = ?", tenant.id())).isEqualTo(30);
    }

    @Test
    void aRunWithoutRecipientsFinishesWithNothingDue() {
        var run = get(start.byHand(order()));
        awaitState(run, RunState.RUNNING);

        get(sweeper.sweep());

        var found = awaitState(run, RunState.FINISHED);
        assertThat(found.due()).isZero();
        assertThat(found.finishedAt()).isNotNull();
    }

    @Test
    void aWindowSpreadsItsReportsOverItsLength() {
        world.recipients(tenant, 200, "spread");
        var run = get(start.byHand(new RunOrder(
                tenant.id(), "test", "weekly-business", World.WEEK, Ids.NONE, List.of("pdf"), DeliveryMode.NONE, 60)));
        awaitState(run, RunState.RUNNING);

        var row = world.one(
                """
                SELECT SUM(due_at <= NOW(6) + INTERVAL 30 MINUTE) AS half, MAX(due_at) <= NOW(6) + INTERVAL 61 MINUTE AS within,
                       SUM(state = 'scheduled') AS waiting
                FROM job WHERE tenant_id = ?""", tenant.id());
        assertThat(row.getInteger("half")).isBetween(60, 140);
        assertThat(row.getInteger("within")).isEqualTo(1);
        assertThat(row.getInteger("waiting")).isEqualTo(200);
    }

    @Test
    void noTenthOfAWindowGetsMoreThanTwiceItsShare() {
        world.recipients(tenant, 2000, "even");
        var run = get(start.byHand(new RunOrder(
                tenant.id(), "test", "weekly-business", World.WEEK, Ids.NONE, List.of("pdf"), DeliveryMode.NONE, 60)));
        awaitState(run, RunState.RUNNING);

        var tenths = world.rows(
                """
                SELECT TIMESTAMPDIFF(SECOND, created_at, due_at) DIV 360 AS tenth, COUNT(*) AS jobs
                FROM job WHERE tenant_id = ?
                GROUP BY tenth""", tenant.id());
        assertThat(tenths).hasSize(10).allSatisfy(tenth -> assertThat(tenth.getLong("jobs")).isBetween(100L, 400L));
    }

    private RunOrder order() {
        return world.order(tenant, "weekly-business", DeliveryMode.NONE);
    }

    private Run awaitState(String runId, RunState state) {
        return org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> get(runs.find(Scope.EVERY_TENANT, runId)).orElseThrow(), run -> run.state() == state);
    }
}
