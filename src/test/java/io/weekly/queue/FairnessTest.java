package io.weekly.queue;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Database;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A morning in one lane: a tenant of fifty thousand, one with two runs, a tenant of five before each of fifty claims, and somebody who
 * wants a report now. The bounds are those of start-time fair queueing for jobs of one size: while two tenants both have jobs waiting,
 * neither gets more than two ahead of the other; so the k-th job of whoever comes waits for k rounds of all who are there, and the round
 * under way.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FairnessTest {

    private static final int LARGE = 1;
    private static final int TWO_RUNS = 2;
    private static final int SOMEBODY = 3;
    private static final List<Integer> SMALL = IntStream.range(101, 151).boxed().toList();
    private static final int THOUSANDS = 50_000;
    private static final int BARELY = 100;
    private static final int FEW = 5;
    private static final int OF_A_RUN = 30;
    /** What a lane takes at once. */
    private static final int CLAIM = 7;

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    JobQueue queue;

    @Inject
    Leases leases;

    /** Whose bulk jobs were claimed, one after the other. */
    private final List<Integer> served = new ArrayList<>();
    /** Whose jobs were claimed first where somebody wanted a report now. */
    private final List<Integer> demanded = new ArrayList<>();
    /** How many had been served when a tenant came. */
    private final Map<Integer, Integer> cameAt = new HashMap<>();

    @Test
    void whoHasFewJobsIsDoneWhenTheLargeOneHasBarelyBegun() {
        var lastOfTheSmall = IntStream.range(0, served.size()).filter(i -> SMALL.contains(served.get(i))).max().getAsInt();

        assertThat(Collections.frequency(served.subList(0, lastOfTheSmall), LARGE)).isLessThan(BARELY);
    }

    @Test
    void aJobWaitsForAsManyRoundsAsItsTenantHasJobsBeforeIt() {
        for (var small : SMALL) {
            var places = IntStream.range(0, served.size()).filter(i -> served.get(i).equals(small)).toArray();
            for (var k = 1; k <= FEW; k++) {
                var before = served.subList(cameAt.get(small), places[k - 1]);
                var others = before.stream().filter(tenant -> !tenant.equals(small)).distinct().count();
                assertThat((long) before.size()).isLessThanOrEqualTo((k + 1) * others + k - 1);
                assertThat(Collections.frequency(before, LARGE)).isLessThanOrEqualTo(k + 1);
            }
        }
    }

    @Test
    void twoRunsOfATenantShareItsTurns() {
        var present = served.subList(cameAt.get(TWO_RUNS), served.lastIndexOf(TWO_RUNS));

        assertThat(Collections.frequency(present, TWO_RUNS) - Collections.frequency(present, LARGE)).isBetween(-2, 2);
    }

    @Test
    void nobodyWaitsForEverHoweverManyComeLater() {
        var betweenTwo = new HashMap<Integer, Integer>();
        for (var tenant : served) {
            if (tenant == LARGE) {
                betweenTwo.clear();
            } else {
                assertThat(betweenTwo.merge(tenant, 1, Integer::sum)).as("of tenant %d", tenant).isLessThanOrEqualTo(2);
            }
        }
        assertThat(served).hasSize(THOUSANDS + 2 * OF_A_RUN + SMALL.size() * FEW);
    }

    @Test
    void onDemandIsTheVeryNext() {
        assertThat(demanded).hasSizeGreaterThan(20).containsOnly(SOMEBODY);
    }

    @BeforeAll
    void morning() {
        nothingWaits();
        enqueue(Priority.BULK, LARGE, THOUSANDS);
        claim(CLAIM, 0);
        enqueue(Priority.BULK, TWO_RUNS, OF_A_RUN);
        enqueue(Priority.BULK, TWO_RUNS, OF_A_RUN);
        for (var small : SMALL) {
            enqueue(Priority.BULK, small, FEW);
            var now = small % 3;
            enqueue(Priority.ON_DEMAND, SOMEBODY, now);
            claim(CLAIM, now);
        }
        while (claim(500, 0) > 0) {
            // until everybody has been served
        }
    }

    @AfterAll
    void nothingWaits() {
        new JobRows(world, database).clear();
    }

    private void enqueue(Priority priority, int tenant, int count) {
        var reports = IntStream.range(0, count).mapToObj(i -> UUID.randomUUID().toString().replace("-", "")).toList();
        get(database.transaction(transaction -> queue.enqueue(transaction, Lane.GENERATE, priority, tenant, reports)));
        cameAt.putIfAbsent(tenant, served.size());
    }

    /**
     * Claims as a lane does.
     *
     * @param onDemand how many came since the last claim
     */
    private int claim(int limit, int onDemand) {
        var tenants = get(leases.claim(Lane.GENERATE, limit, Duration.ofMinutes(10))).stream().map(Lease::tenantId).toList();
        demanded.addAll(tenants.subList(0, onDemand));
        served.addAll(tenants.subList(onDemand, tenants.size()));
        return tenants.size();
    }
}
