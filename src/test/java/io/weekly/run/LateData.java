package io.weekly.run;

import static io.weekly.testing.World.get;
import static org.awaitility.Awaitility.await;

import io.weekly.database.Ids;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportFormat;
import io.weekly.tenant.Scope;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The definition "late" of the tests, whose data are ready when a test says so, and runs of it. */
@ApplicationScoped
public class LateData {

    public static final Duration PATIENCE = Duration.ofSeconds(60);
    /** For {@link #load}: the readiness query answers yes. */
    public static final int READY = 1;
    /** For {@link #load}: the readiness query fails. */
    public static final int BROKEN = 2;

    private final World world;
    private final RunStart start;
    private final Runs runs;
    private final Ledgers ledgers;
    private final Clock clock;

    LateData(World world, RunStart start, Runs runs, Ledgers ledgers, Clock clock) {
        this.world = world;
        this.start = start;
        this.runs = runs;
        this.ledgers = ledgers;
        this.clock = clock;
    }

    /** What the readiness query finds for the day after the week. */
    public void load(TenantRow tenant, int loaded) {
        world.sql("REPLACE INTO metric (tenant_id, metric, day, dimension, value) VALUES (?, 'loaded', ?, '', ?)", tenant.id(),
                World.WEEK.monday().plusWeeks(1), loaded);
    }

    RunOrder order(TenantRow tenant) {
        return order(tenant, Ids.NONE, null);
    }

    RunOrder order(TenantRow tenant, String scheduleId, String approver) {
        return new RunOrder(
                tenant.id(), "test", "late", World.WEEK, scheduleId, List.of(ReportFormat.PDF), DeliveryMode.ATTACHMENT, 0, null, approver);
    }

    String schedule(TenantRow tenant, String owner) {
        var id = Ids.next(clock);
        world.sql("""
            INSERT INTO schedule (tenant_id, id, definition, weekday, send_time, window_minutes, formats, delivery, owner, catch_up,
                                  approval, paused, created_at, updated_at)
            VALUES (?, UNHEX(?), 'late', 1, '07:00', 0, 'pdf', 'attachment', ?, 'latest', 'none', TRUE, NOW(6), NOW(6))""",
                tenant.id(), id, owner);
        return id;
    }

    /** A run of this order, once it waits. */
    String waiting(RunOrder order) {
        var run = get(start.byHand(order));
        awaitState(run, RunState.WAITING);
        return run;
    }

    void askNow(String run) {
        world.sql("UPDATE run_wait SET ask_at = NOW(6) WHERE run_id = UNHEX(?)", run);
    }

    void waitIsOver(String run) {
        world.sql("UPDATE run_wait SET wait_until = NOW(6), ask_at = NOW(6) WHERE run_id = UNHEX(?)", run);
    }

    boolean isAsked(String run) {
        return world.count("SELECT COUNT(*) FROM run_wait WHERE run_id = UNHEX(?)", run) > 0;
    }

    void awaitAsked(String run, int times) {
        await().atMost(PATIENCE).until(() -> world.count("SELECT asked FROM run_wait WHERE run_id = UNHEX(?)", run) >= times);
    }

    Ledger ledger(String run) {
        return get(ledgers.find(Scope.EVERY_TENANT, run)).orElseThrow();
    }

    Run run(String run) {
        return get(runs.find(Scope.EVERY_TENANT, run)).orElseThrow();
    }

    RunState state(String run) {
        return run(run).state();
    }

    void awaitState(String run, RunState state) {
        await().atMost(PATIENCE).until(() -> state(run) == state);
    }

    /** The detail of the first such event. */
    public String detail(String subject, String action) {
        return world.rows("SELECT detail FROM audit_event WHERE subject = ? AND action = ? ORDER BY id", subject, action)
                .getFirst().getString("detail");
    }
}
