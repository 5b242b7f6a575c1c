package io.weekly.run;

import io.weekly.database.Ids;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import java.time.Clock;

/** Writes runs and reports of {@link World#WEEK} as they stand after any history, for tests of {@link AlreadySent}. */
record WeekHistory(World world, TenantRow tenant) {

    static final String DEFINITION = "weekly-business";

    /**
     * A run as the table has it.
     *
     * @param delivery {@code attachment} or {@code none}
     * @param held whether its jobs wait for a release
     * @param finished whether {@code finished_at} is set
     * @param unfinished whether its week was not over when it started
     */
    record Earlier(String state, String delivery, String trigger, boolean held, boolean finished, boolean unfinished) {
        static Earlier of(String state, String delivery) {
            var finished = state.equals("finished") || state.equals("cancelled");
            return new Earlier(state, delivery, "manual", false, finished, false);
        }
    }

    /** Inserts the run and returns its id. */
    String run(Earlier run, int revision) {
        var id = Ids.next(Clock.systemUTC());
        world.sql(
                """
                INSERT INTO run (tenant_id, id, definition, period, revision, schedule_id, triggered_by, actor, state, formats, delivery,
                                 window_minutes, held_jobs, due, started_at, finished_at, unfinished)
                VALUES (?, UNHEX(?), 'weekly-business', '2026-W40', ?, UNHEX(?), ?, 'test', ?, 'pdf', ?, 0, ?, 1, NOW(6),
                        IF(?, NOW(6), NULL), ?)""",
                tenant.id(), id, revision, Ids.NONE, run.trigger(), run.state(), run.delivery(), run.held(), run.finished(),
                run.unfinished());
        return id;
    }

    /** A report of the run. */
    void report(String run, String userId, String status, String delivery) {
        insert(run, Ids.NONE, userId, status, delivery, null);
    }

    /** A report on demand, or a sample if {@code mailTo} is not null. */
    void onDemand(String userId, String status, String mailTo) {
        insert(null, Ids.next(Clock.systemUTC()), userId, status, "attachment", mailTo);
    }

    private void insert(String run, String request, String userId, String status, String delivery, String mailTo) {
        world.sql(
                """
                INSERT INTO report (tenant_id, id, recipient_id, definition, period, revision, request, run_id, priority, formats, delivery,
                                    status, attempt, created_at, mail_to)
                SELECT rc.tenant_id, UNHEX(?), rc.id, 'weekly-business', '2026-W40',
                       COALESCE((SELECT revision FROM run WHERE id = UNHEX(?)), 1), UNHEX(?), UNHEX(?), 'bulk', 'pdf', ?, ?, 0, NOW(6), ?
                FROM recipient rc WHERE rc.tenant_id = ? AND rc.user_id = ?""",
                Ids.next(Clock.systemUTC()), run, request, run, delivery, status, mailTo, tenant.id(), userId);
    }
}
