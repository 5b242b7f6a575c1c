package io.weekly.run;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportFormat;
import io.weekly.tenant.Scope;
import io.weekly.testing.HandDriven;
import io.weekly.testing.HeldRows;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    RunCanceller canceller;

    @Inject
    RunDecisions decisions;

    @Inject
    RunStart start;

    @Inject
    Database database;

    @Inject
    Clock clock;

    @Inject
    Runs runs;

    private TenantRow tenant;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
    }

    @Test
    void aRunOfSeveralChunksHasEachRecipientOnceAndThenAFinalDue() {
        world.recipients(tenant, 9500, "many");
        world.sql("UPDATE recipient SET active = FALSE WHERE tenant_id = ? AND id % 10 = 0", tenant.id());
        var active = world.count("SELECT COUNT(*) FROM recipient WHERE tenant_id = ? AND active", tenant.id());

        var run = get(start.byHand(order()));
        // As several replicas do.
        get(Uni.join().all(Collections.nCopies(4, chunks.next(tenant.id(), run))).andFailFast());
        get(enqueuer.enqueueOpenRuns());

        var found = awaitState(run, RunState.RUNNING);
        assertThat(found.due()).isEqualTo(active);
        assertThat(found.counts()).containsEntry("queued", active);
        assertThat(world.count("SELECT COUNT(*) FROM report WHERE run_id = UNHEX(?)", run)).isEqualTo(active);
        assertThat(world.count("SELECT COUNT(DISTINCT j.turn) FROM job j WHERE j.tenant_id = ?", tenant.id())).isEqualTo(active);
        assertThat(world.events(run)).startsWith("run.started", "run.reports-queued").endsWith("run.due-frozen");
    }

    @Test
    void aLockedCursorIsSkippedAndTheRunIsOpenUntilItIsClosed() {
        world.recipients(tenant, 9000, "held");
        var run = enqueuing();
        get(chunks.next(tenant.id(), run));
        assertThat(world.count("SELECT COUNT(*) FROM run_cursor WHERE run_id = UNHEX(?)", run)).isEqualTo(3);

        Run before;
        try (var one = HeldRows.of(database, "SELECT part FROM run_cursor WHERE run_id = UNHEX(?) AND part = 1 FOR UPDATE", run)) {
            get(enqueuer.enqueueOpenRuns());
            before = get(runs.find(Scope.EVERY_TENANT, run)).orElseThrow();
        }
        get(enqueuer.enqueueOpenRuns());

        assertThat(before.state()).isEqualTo(RunState.ENQUEUING);
        assertThat(before.due()).isBetween(6000, 7500);
        assertThat(awaitState(run, RunState.RUNNING).due()).isEqualTo(9000);
        assertThat(world.count("SELECT COUNT(*) FROM job WHERE tenant_id = ?", tenant.id())).isEqualTo(9000);
    }

    @Test
    void aChunkThatIsBeingQueuedWhenTheRunIsCancelledIsCancelledToo() {
        world.recipients(tenant, 50, "called-off");
        // The first run creates the row with the turns of the tenant. While it is locked, the chunk has its reports and no jobs.
        awaitState(get(start.byHand(order())), RunState.RUNNING);
        var run = enqueuing();
        CompletableFuture<Boolean> chunk;
        try (var turns = HeldRows.of(database,
                "SELECT turn FROM tenant_turn WHERE tenant_id = (SELECT tenant_id FROM run WHERE id = UNHEX(?)) FOR UPDATE", run)) {
            chunk = chunks.next(tenant.id(), run).subscribeAsCompletionStage();
            await().atMost(Duration.ofSeconds(20)).until(() -> world.count(
                            "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'") > 0);

            assertThat(get(decisions.cancel(Scope.EVERY_TENANT, run, "test", "called off"))).contains(new RunDecisions.Decided.Done());
            get(sweeper.sweep());
            assertThat(get(runs.find(Scope.EVERY_TENANT, run)).orElseThrow().finishedAt()).isNull();
        }
        chunk.join();
        get(canceller.cancelOpenRuns());

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            get(sweeper.sweep());
            return get(runs.find(Scope.EVERY_TENANT, run)).orElseThrow().finishedAt() != null;
        });
        assertThat(world.count("SELECT COUNT(*) FROM report WHERE run_id = UNHEX(?) AND status = 'cancelled'", run)).isEqualTo(50);
        assertThat(world.count("SELECT COUNT(*) FROM job j JOIN report r ON r.id = j.report_id WHERE r.run_id = UNHEX(?)", run)).isZero();
        assertThat(world.count("SELECT COUNT(*) FROM run_cursor WHERE run_id = UNHEX(?)", run)).isZero();
    }

    /** A run without any reports yet. Nothing has woken the enqueuer. */
    private String enqueuing() {
        var run = Ids.next(clock);
        world.sql("""
            INSERT INTO run (tenant_id, id, definition, period, revision, schedule_id, triggered_by, actor, state, formats, delivery,
                             window_minutes, due, started_at)
            VALUES (?, UNHEX(?), 'weekly-business', '2026-W30', 1, UNHEX(?), 'manual', 'test', 'enqueuing', 'pdf', 'none', 0, 0, NOW(6))""",
                tenant.id(), run, Ids.NONE);
        world.sql("INSERT INTO run_cursor (tenant_id, run_id, part, enqueued_to, up_to) VALUES (?, UNHEX(?), 0, 0, ?)",
                tenant.id(), run, Long.MAX_VALUE);
        return run;
    }

    @Test
    void enqueuingARunAgainAddsNoReportAndNoJob() {
        world.recipients(tenant, 30, "once");
        var run = get(start.byHand(order()));
        awaitState(run, RunState.RUNNING);
        // As if the run had never been enqueued.
        world.sql("UPDATE run SET state = 'enqueuing' WHERE id = UNHEX(?)", run);
        world.sql("INSERT INTO run_cursor (tenant_id, run_id, part, enqueued_to, up_to) VALUES (?, UNHEX(?), 0, 0, ?)",
                tenant.id(), run, Long.MAX_VALUE);

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
                tenant.id(), "test", "weekly-business", World.WEEK, Ids.NONE, List.of(ReportFormat.PDF), DeliveryMode.NONE, 60)));
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
                tenant.id(), "test", "weekly-business", World.WEEK, Ids.NONE, List.of(ReportFormat.PDF), DeliveryMode.NONE, 60)));
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
        return await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> get(runs.find(Scope.EVERY_TENANT, runId)).orElseThrow(), run -> run.state() == state);
    }
}
