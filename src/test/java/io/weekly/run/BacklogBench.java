package io.weekly.run;

import static io.weekly.testing.World.get;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.weekly.bench.Memory;
import io.weekly.bench.Numbers;
import io.weekly.queue.Lane;
import io.weekly.queue.Lanes;
import io.weekly.report.DeliveryMode;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * A Monday morning. A tenant with 100,000 recipients is enqueued while the lane is paused. Then the lane works, runs of tenants with five
 * recipients start, and users ask for their reports. Reports are rendered and stored; none is mailed.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class BacklogBench {

    private static final int RECIPIENTS = 100_000;
    private static final int SMALL_TENANTS = 50;
    private static final int ON_DEMAND = 100;

    @Inject
    World world;

    @Inject
    RunStart start;

    @Inject
    Lanes lanes;

    @Test
    void mondayMorning() throws Exception {
        var large = world.tenant();
        world.sql("""
            INSERT INTO recipient (tenant_id, user_id, name, email, tags, active, created_at, updated_at)
            SELECT ?, CONCAT('u-', n), CONCAT('Recipient ', n), CONCAT('u-', n, '@large.test'), '[]', TRUE, NOW(6), NOW(6)
            FROM %s""".formatted(Numbers.TABLE), large.id());
        var small = new ArrayList<TenantRow>();
        for (var i = 0; i < SMALL_TENANTS; i++) {
            small.add(world.tenant());
            world.recipients(small.getLast(), 5, "s");
        }
        get(lanes.pause(Lane.GENERATE, true, "bench"));

        enqueue(large);
        get(lanes.pause(Lane.GENERATE, false, "bench"));
        await().atMost(Duration.ofMinutes(2)).until(() -> generatedOf(large) > 200);

        tenantsOfFive(large, small);
        onDemand(small.getFirst());
        get(lanes.pause(Lane.GENERATE, true, "bench"));
        world.sql("DELETE FROM job");
    }

    private void enqueue(TenantRow large) throws Exception {
        var nanos = new AtomicLong();
        var memory = Memory.of(() -> {
            var begun = System.nanoTime();
            var run = get(start.byHand(RunOrder.byHand(large.id(), "bench", "weekly-business", World.WEEK, DeliveryMode.NONE)));
            await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofMinutes(2))
                    .until(() -> world.count("SELECT COUNT(*) FROM run WHERE id = UNHEX(?) AND state = 'running'", run) == 1);
            nanos.set(System.nanoTime() - begun);
        });
        System.out.printf("%d jobs enqueued in %.2f s; %s%n",
                world.count("SELECT COUNT(*) FROM job WHERE tenant_id = ?", large.id()), nanos.get() / 1e9, memory);
    }

    private void tenantsOfFive(TenantRow large, ArrayList<TenantRow> small) {
        var before = generatedOf(large);
        var begun = System.nanoTime();
        for (var tenant : small) {
            get(start.byHand(RunOrder.byHand(tenant.id(), "bench", "weekly-business", World.WEEK, DeliveryMode.NONE)));
        }
        await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofMinutes(5)).until(() -> world.count("""
            SELECT COUNT(*) FROM report WHERE tenant_id > ? AND tenant_id <> ? AND status = 'generated'""",
                small.getFirst().id() - 1, large.id()) == SMALL_TENANTS * 5);
        System.out.printf("%d tenants of five were done after %.1f s, when the tenant of %d had %d more than before%n",
                SMALL_TENANTS, (System.nanoTime() - begun) / 1e9, RECIPIENTS, generatedOf(large) - before);
    }

    /** One after another, as fast as they are done. */
    private void onDemand(TenantRow tenant) {
        var micros = new ArrayList<Integer>();
        for (var i = 0; i < ON_DEMAND; i++) {
            String id = RestAssured.given().auth().oauth2(TestTokens.tenantAdmin(tenant.slug(), "admin")).contentType(ContentType.JSON)
                    .body(Map.of("definition", "weekly-business", "recipient", "u-s-" + i % 5))
                    .post("/api/v1/reports").then().statusCode(202).extract().path("id");
            await().pollInterval(Duration.ofMillis(10)).until(
                    () -> world.count("SELECT COUNT(*) FROM report WHERE id = UNHEX(?) AND status = 'generated'", id) == 1);
            micros.add(world.count("SELECT TIMESTAMPDIFF(MICROSECOND, created_at, generated_at) FROM report WHERE id = UNHEX(?)", id));
        }
        micros.sort(null);
        System.out.printf("%d reports on demand beside %d jobs that wait: p50 %d ms, p95 %d ms, max %d ms from created to generated%n",
                ON_DEMAND, world.count("SELECT COUNT(*) FROM job WHERE state = 'ready'"), micros.get(ON_DEMAND / 2) / 1000,
                micros.get(ON_DEMAND * 95 / 100) / 1000, micros.getLast() / 1000);
    }

    private int generatedOf(TenantRow tenant) {
        return world.count("SELECT COUNT(*) FROM report WHERE tenant_id = ? AND status = 'generated'", tenant.id());
    }
}
