package io.weekly.queue;

import static io.weekly.testing.World.get;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.bench.Memory;
import io.weekly.bench.Numbers;
import io.weekly.database.Database;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Measures a claim of 50 jobs: with a thousand finished reports and a thousand waiting jobs, and with millions of each and as many
 * scheduled jobs. Claims and completions take turns; the figures are medians.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class ClaimBench {

    private static final int FINISHED = Integer.getInteger("weekly.bench.finished", 10_000_000);
    private static final int WAITING = Integer.getInteger("weekly.bench.waiting", 1_000_000);
    private static final int FEW = 1000;
    private static final int STEP = 100_000;
    private static final int CLAIMS = 400;
    private static final int SIZE = 50;

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    Leases leases;

    @Inject
    JobQueue queue;

    private int reports;
    private int jobs;

    @Test
    void besideMillions() throws Exception {
        System.out.println(Memory.of(this::measure));
    }

    /** Other benchmarks use the same application, and would claim these jobs. */
    @AfterEach
    void removeTheJobs() {
        world.sql("TRUNCATE TABLE job");
    }

    private void measure() {
        var tenant = world.tenant().id();
        finishedReports(tenant, FEW);
        jobs(tenant, "ready", FEW + 2 * CLAIMS * SIZE, 0);
        claims();
        var few = claims();

        while (reports < FINISHED) {
            finishedReports(tenant, STEP);
        }
        for (var i = 0; i < WAITING / STEP; i++) {
            jobs(tenant, "ready", STEP, (i + 1) * STEP);
            jobs(tenant, "scheduled", STEP, 0);
        }
        claims();
        var many = claims();
        System.out.printf("a claim of %d: %d us beside %d finished reports and %d waiting jobs,%n", SIZE, few / 1000, FEW, FEW);
        System.out.printf("%d us beside %d and %d and as many scheduled: ratio %.2f%n",
                many / 1000, reports, WAITING, (double) many / few);
    }

    private void finishedReports(int tenant, int count) {
        world.sql("""
            INSERT INTO report (tenant_id, id, recipient_id, definition, period, revision, request, priority, formats, delivery, status,
                                attempt, created_at, generated_at, delivered_at)
            SELECT ?, UNHEX(CONCAT(LPAD(HEX(? + n), 12, '0'), LEFT(SHA2(n, 256), 20))), ? + n, 'weekly-business', '2026-W39', 1,
                   UNHEX(REPEAT('0', 32)), 'bulk', 'pdf', 'attachment', 'delivered', 1, NOW(6), NOW(6), NOW(6)
            FROM %s WHERE n < ?""".formatted(Numbers.TABLE), tenant, reports, reports, count);
        reports += count;
    }

    private void jobs(int tenant, String state, int count, int firstTurn) {
        world.sql("""
            INSERT INTO job (lane, state, priority, turn, tenant_id, report_id, attempt, due_at, handing_over, created_at)
            SELECT 'generate', ?, 1, ? + n, ?, UNHEX(CONCAT(LPAD(HEX(? + n), 12, '0'), LEFT(SHA2(n, 256), 20))), 0,
                   NOW(6) + INTERVAL IF(? = 'ready', 0, 3600) SECOND, FALSE, NOW(6)
            FROM %s WHERE n < ?""".formatted(Numbers.TABLE), state, firstTurn, tenant, jobs, state, count);
        jobs += count;
    }

    /** The median of a claim, in nanoseconds. Claimed jobs are completed at once. */
    private long claims() {
        var nanos = new long[CLAIMS];
        for (var i = 0; i < CLAIMS; i++) {
            var begun = System.nanoTime();
            var claimed = get(leases.claim(Lane.GENERATE, SIZE, Duration.ofMinutes(1)));
            nanos[i] = System.nanoTime() - begun;
            get(database.transaction(transaction -> queue.complete(transaction, claimed)));
        }
        Arrays.sort(nanos);
        return nanos[CLAIMS / 2];
    }
}
