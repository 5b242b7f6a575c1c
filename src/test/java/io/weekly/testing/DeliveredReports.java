package io.weekly.testing;

import static io.weekly.testing.World.get;
import static org.awaitility.Awaitility.await;

import io.weekly.report.DeliveryMode;
import io.weekly.report.Report;
import io.weekly.run.RunStart;
import io.weekly.testing.World.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;

/** Runs whose reports are mailed to {@link MoodyMailServer}, and what became of them. */
@ApplicationScoped
public class DeliveredReports {

    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    private static final int POOL = 20;

    private final World world;
    private final RunStart runs;
    private final Queue<Report> pool = new ArrayDeque<>();

    DeliveredReports(World world, RunStart runs) {
        this.world = world;
        this.runs = runs;
    }

    /** A finished run. */
    public record Finished(TenantRow tenant, String run, List<Report> reports) {
        public Report first() {
            return reports.getFirst();
        }
    }

    /** A delivered report that no other test has. Its run has others. */
    public synchronized Report one() {
        if (pool.isEmpty()) {
            pool.addAll(run(POOL).reports());
        }
        return pool.remove();
    }

    /** A finished run of a new tenant with this number of recipients. */
    public Finished run(int recipients) {
        return run(recipients, "ann");
    }

    /** A finished run whose recipients have addresses with this prefix. */
    public Finished run(int recipients, String prefix) {
        var tenant = world.tenant();
        world.figures(tenant);
        world.recipients(tenant, recipients, prefix);
        var run = get(runs.byHand(world.order(tenant, "plain", DeliveryMode.ATTACHMENT)));
        world.ended(run, recipients);
        await().atMost(TIMEOUT).until(() -> world.one("SELECT state FROM run WHERE id = UNHEX(?)", run).getString(0), "finished"::equals);
        return new Finished(tenant, run, world.reports(run));
    }

    /** The name of the delivery in its mail. */
    public static SampleMessages mail(Report report) {
        return new SampleMessages(report.delivery().messageId(), report.id() + ".1", report.delivery().to());
    }

    /** The reason why the address of the report gets no mail; empty if it does. */
    public List<String> suppressions(Report report) {
        return world.rows("SELECT reason FROM suppression WHERE address = ?", report.delivery().to().toLowerCase(Locale.ROOT)).stream()
                .map(row -> row.getString("reason"))
                .toList();
    }

    /** In how many weeks its mailbox was full. */
    public int softBounces(Report report) {
        return world.count("SELECT COUNT(*) FROM soft_bounce WHERE address = ?", report.delivery().to());
    }
}
