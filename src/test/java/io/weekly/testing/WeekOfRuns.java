package io.weekly.testing;

import static io.weekly.testing.World.get;
import static org.awaitility.Awaitility.await;

import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Report;
import io.weekly.report.ReportFormat;
import io.weekly.report.ReportVerbs;
import io.weekly.run.Audience;
import io.weekly.run.Run;
import io.weekly.run.RunDecisions;
import io.weekly.run.RunEnqueuer;
import io.weekly.run.RunFilter;
import io.weekly.run.RunOrder;
import io.weekly.run.RunStart;
import io.weekly.run.RunState;
import io.weekly.run.Runs;
import io.weekly.tenant.Scope;
import io.weekly.testing.World.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several runs of one tenant, definition and week, as users and schedules start, stop and retry them. */
@ApplicationScoped
public class WeekOfRuns {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Database database;
    private final RunStart start;
    private final RunEnqueuer enqueuer;
    private final RunDecisions decisions;
    private final ReportVerbs verbs;
    private final Runs runs;
    private final World world;

    WeekOfRuns(
            Database database, RunStart start, RunEnqueuer enqueuer, RunDecisions decisions, ReportVerbs verbs, Runs runs, World world) {
        this.database = database;
        this.start = start;
        this.enqueuer = enqueuer;
        this.decisions = decisions;
        this.verbs = verbs;
        this.runs = runs;
        this.world = world;
    }

    public String byHand(TenantRow tenant, DeliveryMode delivery) {
        return get(start.byHand(world.order(tenant, "plain", delivery)));
    }

    public String newRevision(TenantRow tenant, DeliveryMode delivery) {
        return get(start.nextRevision(world.order(tenant, "plain", delivery)));
    }

    /** A schedule fires, as the tick makes it. Returns when all its reports are queued. */
    public String fire(TenantRow tenant, @Nullable Audience audience, @Nullable String approver) {
        var order = new RunOrder(
                tenant.id(), "service", "plain", World.WEEK, Ids.next(Clock.systemUTC()), List.of(ReportFormat.PDF),
                DeliveryMode.ATTACHMENT, 0, audience, approver);
        var run = get(database.transaction(transaction -> start.scheduled(transaction, order)));
        enqueuer.wake();
        await().atMost(TIMEOUT).until(() -> run(run).state() != RunState.ENQUEUING);
        return run;
    }

    public void cancel(String run) {
        get(decisions.cancel(Scope.EVERY_TENANT, run, "user:boss", "test"));
    }

    public void approve(String run) {
        get(decisions.approve(Scope.EVERY_TENANT, run, "user:boss"));
    }

    public void retry(String report) {
        get(verbs.retry(Scope.EVERY_TENANT, report, "user:boss"));
    }

    public void deliver(String report) {
        get(verbs.deliver(Scope.EVERY_TENANT, report, "user:boss"));
    }

    public Run run(String id) {
        return get(runs.find(Scope.EVERY_TENANT, id)).orElseThrow();
    }

    public List<Run> all(TenantRow tenant) {
        return get(runs.list(new Scope.OfTenant(tenant.id()), RunFilter.NONE, 200, null));
    }

    /** Waits until no run works any more: each has ended, or somebody has to approve it. */
    public void awaitQuiet(TenantRow tenant) {
        await().atMost(TIMEOUT).until(() -> all(tenant).stream().allMatch(WeekOfRuns::isQuiet)
                && world.count("""
                    SELECT COUNT(*) FROM job j JOIN report r ON r.id = j.report_id
                    WHERE j.tenant_id = ? AND j.due_at < '9999-01-01'""", tenant.id()) == 0);
    }

    private static boolean isQuiet(Run run) {
        return run.finishedAt() != null || run.state() == RunState.HELD;
    }

    /** The reports of a run when they have ended. */
    public List<Report> ended(String run) {
        return world.ended(run, run(run).due());
    }
}
