package io.weekly.run;

import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.testing.HeldRows;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Inserts runs whose deadline has just passed, directly into the tables, without the code under test. */
@ApplicationScoped
public class LateRuns {

    private final World world;
    private final Database database;
    private final RunDeadlines deadlines;
    private final Clock clock;

    LateRuns(World world, Database database, RunDeadlines deadlines, Clock clock) {
        this.world = world;
        this.database = database;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** A run with a queued report for each recipient of the tenant. */
    public String of(TenantRow tenant, String scheduleId, String owner) {
        var run = Ids.next(clock);
        world.sql("""
            INSERT INTO run (tenant_id, id, definition, period, revision, schedule_id, triggered_by, actor, state, formats, delivery,
                             window_minutes, owner, due, started_at, deadline_at)
            SELECT ?, UNHEX(?), 'plain', '2026-W40', 1, UNHEX(?), 'scheduled', 'service', 'running', 'pdf', 'attachment', 0, ?, COUNT(*),
                   NOW(6) - INTERVAL 24 HOUR, NOW(6) - INTERVAL 1 SECOND
            FROM recipient WHERE tenant_id = ?""",
                tenant.id(), run, scheduleId, owner, tenant.id());
        world.sql("""
            INSERT INTO report (tenant_id, id, recipient_id, definition, period, revision, request, run_id, priority, formats, delivery,
                                status, attempt, created_at)
            SELECT tenant_id, UNHEX(LEFT(SHA2(CONCAT(?, id), 256), 32)), id, 'plain', '2026-W40', 1, UNHEX(?), UNHEX(?),
                   'bulk', 'pdf', 'attachment', 'queued', 0, NOW(6)
            FROM recipient WHERE tenant_id = ?""", run, Ids.NONE, run, tenant.id());
        return run;
    }

    /** Checks the runs whose deadline has passed. */
    public void judge() {
        World.get(deadlines.judge());
    }

    /** Gives this status to so many open reports of the run. */
    public void end(String run, String status, int reports) {
        world.sql("UPDATE report SET status = ? WHERE run_id = UNHEX(?) AND status = 'queued' ORDER BY id LIMIT " + reports, status, run);
    }

    /** Starts the works while the row is locked, and unlocks it when all of them wait for the lock. */
    public void meeting(String lock, String run, List<Uni<Void>> works) {
        CompletableFuture<?> all;
        try (var held = HeldRows.of(database, lock, run)) {
            all = Uni.join().all(works).andFailFast().subscribeAsCompletionStage();
            await().atMost(Duration.ofSeconds(20)).until(() -> world.count(
                            "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'") == works.size());
        }
        all.join();
    }
}
