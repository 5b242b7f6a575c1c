package io.weekly.queue;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.weekly.database.Database;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class LeasesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration OVER_AT_ONCE = Duration.ofMillis(-1);

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    JobQueue queue;

    @Inject
    Leases leases;

    @Inject
    JobRescuer rescuer;

    @Inject
    JobStager stager;

    @BeforeEach
    void noJobsOfOtherTests() {
        world.sql("DELETE FROM job");
    }

    @Test
    void eachJobIsClaimedByOneWorkerOnly() {
        var tenant = world.tenant();
        enqueue(Priority.BULK, tenant, 60);

        var claims = get(Uni.join().all(claim(20), claim(20), claim(20), claim(20)).andFailFast());

        var all = claims.stream().flatMap(List::stream).map(Lease::jobId).toList();
        assertThat(all).hasSizeLessThanOrEqualTo(60).doesNotHaveDuplicates();
        assertThat(all.size() + get(claim(60)).size()).isEqualTo(60);
    }

    @Test
    void onDemandJobsGoBeforeOlderBulkJobs() {
        var tenant = world.tenant();
        enqueue(Priority.BULK, tenant, 3);
        var onDemand = enqueue(Priority.ON_DEMAND, tenant, 1);

        var first = get(claim(1)).getFirst();

        assertThat(first.reportId()).isEqualTo(onDemand.getFirst());
    }

    @Test
    void fiveJobsOfATenantAreDoneBetweenFiveHundredOlderJobsOfAnother() {
        var large = world.tenant();
        var small = world.tenant();
        enqueue(Priority.BULK, large, 500);
        get(claim(50));
        enqueue(Priority.BULK, small, 5);

        var next = get(claim(12));

        assertThat(next.stream().filter(lease -> lease.tenantId() == small.id())).hasSize(5);
    }

    @Test
    void aTenantThatWasIdleHasNoAdvantage() {
        var early = world.tenant();
        var late = world.tenant();
        enqueue(Priority.BULK, late, 40);
        get(claim(40));
        enqueue(Priority.BULK, late, 10);
        enqueue(Priority.BULK, early, 10);

        var next = get(claim(10));

        assertThat(next.stream().filter(lease -> lease.tenantId() == early.id()).count()).isBetween(4L, 6L);
    }

    @Test
    void anExpiredLeaseIsRescuedOnceAndItsAttemptIsSpent() {
        enqueue(Priority.BULK, world.tenant(), 1);
        var dead = get(leases.claim(Lane.GENERATE, 1, OVER_AT_ONCE)).getFirst();

        assertThat(get(rescuer.rescueBatch())).isEqualTo(1);
        assertThat(get(rescuer.rescueBatch())).isZero();

        var next = get(claim(1)).getFirst();
        assertThat(next.jobId()).isEqualTo(dead.jobId());
        assertThat(next.attempt()).isEqualTo(2);
        assertThat(locked(List.of(dead))).isEmpty();
        assertThat(locked(List.of(next))).containsExactly(next);
    }

    @Test
    void aLeaseThatIsExtendedIsNotRescued() {
        enqueue(Priority.BULK, world.tenant(), 1);
        var slow = get(leases.claim(Lane.GENERATE, 1, OVER_AT_ONCE));

        assertThat(get(leases.extend(slow, MINUTE))).containsExactlyElementsOf(slow);

        assertThat(get(rescuer.rescueBatch())).isZero();
    }

    @Test
    void aLeaseIsValidUntilItExpiresAndItsTokenUntilItIsRescued() {
        enqueue(Priority.BULK, world.tenant(), 2);
        var slow = get(claim(1)).getFirst();
        var late = get(leases.claim(Lane.GENERATE, 1, OVER_AT_ONCE)).getFirst();

        var seconds = world.one("SELECT TIMESTAMPDIFF(SECOND, NOW(6), due_at) AS s FROM job WHERE id = ?", slow.jobId()).getLong("s");
        assertThat(seconds).isBetween(1L, MINUTE.toSeconds());
        assertThat(locked(List.of(slow, late))).containsExactlyInAnyOrder(slow, late);
        assertThat(get(rescuer.rescueBatch())).isEqualTo(1);

        assertThat(locked(List.of(slow, late))).containsExactly(slow);
    }

    @Test
    void aRenewalDoesNotShortenTheLeaseOfADialogue() {
        enqueue(Priority.BULK, world.tenant(), 1);
        var sending = get(claim(1));
        get(database.transaction(transaction -> leases.handOver(transaction, sending.getFirst(), Duration.ofHours(1))));

        get(leases.extend(sending, MINUTE));

        assertThat(world.count("SELECT TIMESTAMPDIFF(MINUTE, NOW(6), due_at) FROM job")).isGreaterThan(50);
    }

    @Test
    void aLostLeaseCannotBeExtendedReleasedOrHandedOver() {
        enqueue(Priority.BULK, world.tenant(), 1);
        var dead = get(leases.claim(Lane.GENERATE, 1, OVER_AT_ONCE));
        get(rescuer.rescueBatch());
        var living = get(claim(1)).getFirst();

        assertThat(get(leases.extend(dead, MINUTE))).isEmpty();
        get(leases.release(dead));
        boolean mayHandOver = get(database.transaction(transaction -> leases.handOver(transaction, dead.getFirst(), MINUTE)));
        assertThat(mayHandOver).isFalse();

        assertThat(locked(List.of(living))).containsExactly(living);
    }

    @Test
    void aReleasedJobHasItsAttemptBack() {
        enqueue(Priority.BULK, world.tenant(), 1);
        get(leases.release(get(claim(1))));

        assertThat(get(claim(1)).getFirst().attempt()).isEqualTo(1);
    }

    @Test
    void aRetriedJobIsNotReadyBeforeItsPauseIsOver() {
        enqueue(Priority.BULK, world.tenant(), 2);
        var leased = get(claim(2));
        retry(leased.get(0), Duration.ofHours(1));
        retry(leased.get(1), Duration.ZERO);

        assertThat(get(stager.stageBatch())).isEqualTo(1);

        assertThat(get(claim(5))).extracting(Lease::jobId).containsExactly(leased.get(1).jobId());
    }

    @Test
    void theMarkOfAnUnfinishedDialogueSurvivesARescue() {
        enqueue(Priority.BULK, world.tenant(), 1);
        var dead = get(claim(1)).getFirst();
        get(database.transaction(transaction -> leases.handOver(transaction, dead, OVER_AT_ONCE)));
        get(rescuer.rescueBatch());

        assertThat(get(claim(1)).getFirst().handingOver()).isTrue();
    }

    @Test
    void enqueuingTwiceMakesOneJob() {
        var tenant = world.tenant();
        var reports = enqueue(Priority.BULK, tenant, 1);
        get(database.transaction(transaction -> queue.enqueue(transaction, Lane.GENERATE, Priority.BULK, tenant.id(), reports)));

        assertThat(get(claim(5))).hasSize(1);
    }

    @Test
    void concurrentTransactionsOfATenantGetDifferentTurns() {
        var tenant = world.tenant();
        var enqueued = new ArrayList<Uni<Void>>();
        for (var i = 0; i < 12; i++) {
            var reports = List.of(world.reportWithoutJob(tenant), world.reportWithoutJob(tenant));
            enqueued.add(database.transaction(
                    transaction -> queue.enqueue(transaction, Lane.GENERATE, Priority.BULK, tenant.id(), reports)));
        }
        get(Uni.join().all(enqueued).andFailFast());

        var turns = world.rows("SELECT turn FROM job WHERE tenant_id = ?", tenant.id()).stream().map(row -> row.getLong("turn")).toList();
        assertThat(new HashSet<>(turns)).hasSize(24);
    }

    private List<String> enqueue(Priority priority, World.TenantRow tenant, int count) {
        var reports = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            reports.add(java.util.UUID.randomUUID().toString().replace("-", ""));
        }
        get(database.transaction(transaction -> queue.enqueue(transaction, Lane.GENERATE, priority, tenant.id(), reports)));
        return reports;
    }

    private Uni<List<Lease>> claim(int limit) {
        return leases.claim(Lane.GENERATE, limit, MINUTE);
    }

    private java.util.Set<Lease> locked(List<Lease> held) {
        return get(database.transaction(transaction -> leases.lockValid(transaction, held)));
    }

    private void retry(Lease lease, Duration pause) {
        get(database.transaction(transaction -> queue.retry(transaction, lease, pause, false)));
    }
}
