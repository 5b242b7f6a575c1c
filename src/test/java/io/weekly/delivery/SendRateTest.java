package io.weekly.delivery;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.weekly.database.Database;
import io.weekly.delivery.SendRate.SendTime;
import io.weekly.testing.GeneralLog;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class SendRateTest {

    private static final int RATE = 200;
    private static final int MAILS = 2 * RATE;

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    private SendRate one;
    private SendRate other;

    @BeforeEach
    void twoProcesses() {
        one = new SendRate(database, RATE, vertx);
        other = new SendRate(database, RATE, vertx);
        world.sql("UPDATE send_rate SET next_at = '2000-01-01 00:00:00' WHERE id = 1");
    }

    @Test
    void processesShareTheRateAndNoSecondSeesMore() {
        var times = get(Multi.createBy().merging()
                .streams(times(one), times(other))
                .map(time -> time.nanos())
                .collect()
                .asList())
                .stream()
                .sorted()
                .toList();

        assertThat(times).hasSize(MAILS);
        for (var first = 0; first < MAILS; first++) {
            var end = times.get(first) + Duration.ofSeconds(1).toNanos();
            assertThat(times.stream().skip(first).takeWhile(time -> time < end)).as("in a second").hasSizeLessThanOrEqualTo(RATE * 11 / 10);
        }
        assertThat(Duration.ofNanos(times.getLast() - times.getFirst())).as("the time for all").isLessThan(Duration.ofMillis(2200));
    }

    /** Of as many mails as can wait at the same time. */
    private static Multi<SendTime> times(SendRate rate) {
        return Multi.createFrom().range(0, MAILS / 2).onItem().transformToUni(_ -> rate.take()).merge(MAILS / 2);
    }

    /** The first statement waits for the lock of the row. All other mails come meanwhile. */
    @Test
    void mailsThatWaitAtTheSameTimeTakeTheirTimesInOneStatement() {
        var locked = new CompletableFuture<Void>();
        var release = new CompletableFuture<Void>();
        var lock = database.transaction(transaction -> transaction
                        .query("SELECT next_at FROM send_rate WHERE id = 1 FOR UPDATE")
                        .execute()
                        .invoke(_ -> locked.complete(null))
                        .flatMap(_ -> Uni.createFrom().completionStage(release)))
                .subscribeAsCompletionStage();
        locked.join();
        try (var log = GeneralLog.of(pool)) {
            var times = IntStream.range(0, 50).mapToObj(_ -> one.take().subscribeAsCompletionStage()).toList();
            release.complete(null);

            times.forEach(CompletableFuture::join);
            lock.join();
            assertThat(log.executions("UPDATE send_rate")).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aMailIsReadyBeforeItsTimeAndDoesNotLeaveBeforeIt() {
        world.sql("UPDATE send_rate SET next_at = NOW(6) + INTERVAL 400000 MICROSECOND WHERE id = 1");

        var time = get(one.take());

        assertThat(time.nanos() - System.nanoTime()).as("time to make it ready").isPositive();
        assertThat(get(one.await(time))).isTrue();
        assertThat(System.nanoTime() - time.nanos()).as("past its time").isNotNegative();
    }

    @Test
    void aMailThatIsALittleLateKeepsItsTime() {
        assertThat(get(one.await(new SendTime(System.nanoTime() - 1)))).isTrue();

        assertThat(timesTaken()).isZero();
    }

    @Test
    void aMailThatIsLateTakesAnotherTime() {
        assertThat(get(one.await(late()))).isTrue();

        assertThat(timesTaken()).isOne();
    }

    @Test
    void aMailWhoseNextTimeIsTooFarAwayIsNotSent() {
        world.sql("UPDATE send_rate SET next_at = NOW(6) + INTERVAL 1 HOUR WHERE id = 1");

        assertThat(get(one.await(late()))).isFalse();
    }

    private static SendTime late() {
        return new SendTime(System.nanoTime() - SendRate.TOLERANCE.toNanos() - 1);
    }

    /** 1 if a time was taken since the test began, else 0. */
    private long timesTaken() {
        return world.count("SELECT COUNT(*) FROM send_rate WHERE next_at > '2000-01-01'");
    }

    @Test
    void aPauseIsAtLeastAMillisecondBecauseTheTimerRefusesLess() {
        assertThat(List.of(1, 999_999, 1_000_000, 1_000_001)).extracting(nanos -> SendRate.millis(Duration.ofNanos(nanos)))
                .containsExactly(1L, 1L, 1L, 2L);
    }
}
