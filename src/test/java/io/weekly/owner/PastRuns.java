package io.weekly.owner;

import io.weekly.database.Ids;
import io.weekly.database.Utc;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Inserts schedules, and runs that have finished, directly into the tables. */
@ApplicationScoped
class PastRuns {

    private final World world;
    private final Clock clock;

    PastRuns(World world, Clock clock) {
        this.world = world;
        this.clock = clock;
    }

    String schedule(TenantRow tenant, String owner) {
        var id = Ids.next(clock);
        world.sql("""
            INSERT INTO schedule (tenant_id, id, definition, weekday, send_time, window_minutes, formats, delivery, owner, catch_up,
                                  approval, paused, created_at, updated_at)
            VALUES (?, UNHEX(?), 'plain', 1, '07:00', 0, 'pdf', 'attachment', ?, 'latest', 'none', TRUE, NOW(6), NOW(6))""",
                tenant.id(), id, owner);
        return id;
    }

    String run(TenantRow tenant, String scheduleId, Instant finished) {
        var run = Ids.next(Clock.fixed(finished.minusSeconds(600), ZoneOffset.UTC));
        world.sql("""
            INSERT INTO run (tenant_id, id, definition, period, revision, schedule_id, triggered_by, actor, state, formats, delivery,
                             window_minutes, due, started_at, finished_at)
            VALUES (?, UNHEX(?), 'plain', '2026-W40', 1, UNHEX(?), 'scheduled', 'service', 'finished', 'pdf', 'attachment', 0, 5,
                    ?, ?)""",
                tenant.id(), run, scheduleId, Utc.column(finished.minusSeconds(600)), Utc.column(finished));
        return run;
    }

    /** So many reports of the run, of the recipients that have none yet, and their counter. */
    void reports(TenantRow tenant, String run, String status, int count, @Nullable String error) {
        world.sql("""
            INSERT INTO report (tenant_id, id, recipient_id, definition, period, revision, request, run_id, priority, formats, delivery,
                                status, attempt, created_at, error)
            SELECT rc.tenant_id, UNHEX(LEFT(SHA2(CONCAT(?, rc.id), 256), 32)), rc.id, 'plain', '2026-W40', 1, UNHEX(?), UNHEX(?),
                   'bulk', 'pdf', 'attachment', ?, 0, NOW(6), ?
            FROM recipient rc
            WHERE rc.tenant_id = ? AND NOT EXISTS (SELECT 1 FROM report x WHERE x.run_id = UNHEX(?) AND x.recipient_id = rc.id)
            ORDER BY rc.id
            LIMIT\s""" + count, run, run, run, status, error, tenant.id(), run);
        world.sql("INSERT INTO run_count (run_id, status, tenant_id, n) VALUES (UNHEX(?), ?, ?, ?)", run, status, tenant.id(), count);
    }
}
