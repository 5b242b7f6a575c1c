package io.weekly.worker;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.weekly.render.RenderStopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RenderPoolTest {

    private static final int THREADS = 3;
    private static final int TENANT = 7;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final WorkerEvents events = new WorkerEvents(meters, null);
    private final TenantRenderSlots tenants = new TenantRenderSlots(events);
    private final AtomicBoolean goOn = new AtomicBoolean();
    private final List<RenderPool> pools = new ArrayList<>();

    @AfterEach
    void stop() {
        goOn.set(true);
        pools.forEach(RenderPool::stop);
    }

    @Test
    void noMoreReportsAreRenderedAtATimeThanThereAreThreads() {
        var pool = pool(Duration.ofMinutes(1));
        var rendering = new AtomicInteger();
        var goOn = new CountDownLatch(1);
        var pages = IntStream.range(0, 20).mapToObj(page -> pool.submit(() -> {
            var atOnce = rendering.incrementAndGet();
            goOn.await();
            rendering.decrementAndGet();
            return atOnce;
        })).toList();

        var all = Uni.join().all(pages).andFailFast().subscribeAsCompletionStage();
        await().until(() -> rendering.get() == THREADS);
        goOn.countDown();

        assertThat(get(Uni.createFrom().completionStage(all))).hasSize(20)
                .allSatisfy(atOnce -> assertThat(atOnce).isLessThanOrEqualTo(THREADS));
    }

    @Test
    void aRenderingThatTakesTooLongFailsAndIsStopped() {
        var pool = pool(Duration.ofMillis(50));
        var stopped = new AtomicBoolean();

        assertThatThrownBy(() -> get(pool.render(TENANT, "sales", () -> {
            try {
                while (true) {
                    RenderStopped.ifInterrupted();
                    Thread.onSpinWait();
                }
            } finally {
                stopped.set(true);
            }
        }))).hasMessageContaining("sales took longer to render than weekly.render.timeout (PT0.05S)");

        await().untilTrue(stopped);
        await().until(() -> pool.abandoned() == 0);
        assertThat(get(pool.submit(() -> Thread.currentThread().isInterrupted()))).isFalse();
    }

    @Test
    void threadsThatDoNotStopAreCountedAndTheProcessIsNotAliveIfTheyAreMoreThanHalf() {
        var pool = pool(Duration.ofMillis(50));
        var liveness = new RenderLiveness(pool);

        assertThat(abandonedAfter(pool, 1)).isEqualTo(Status.UP);
        assertThat(abandonedAfter(pool, 2)).isEqualTo(Status.DOWN);
        assertThat(meters.get("weekly.render.abandoned").gauge().value()).isEqualTo(2);
        assertThat(liveness.call().getData().orElseThrow()).containsEntry("threads", 3L).containsEntry("abandoned", 2L);
        assertThat(get(pool.submit(() -> "the third thread works"))).isNotEmpty();

        goOn.set(true);
        await().until(() -> pool.abandoned() == 0);
        assertThat(liveness.call().getStatus()).isEqualTo(Status.UP);
    }

    private Status abandonedAfter(RenderPool pool, int count) {
        assertThatThrownBy(() -> get(pool.render(TENANT, "sales", this::ignoreTheInterrupt))).isInstanceOf(RenderTimeout.class);
        assertThat(pool.abandoned()).isEqualTo(count);
        return new RenderLiveness(pool).call().getStatus();
    }

    @Test
    void aTimeoutLimitsTheTenantAndASuccessEndsThat() {
        var pool = pool(Duration.ofMillis(50));
        tenants.take(TENANT);
        assertThatThrownBy(() -> get(pool.render(TENANT, "sales", this::ignoreTheInterrupt))).isInstanceOf(RenderTimeout.class);
        tenants.release(TENANT);

        assertThat(tenants.take(TENANT)).isFalse();
        goOn.set(true);
        await().until(() -> tenants.take(TENANT));
        assertThat(tenants.take(TENANT)).isFalse();

        assertThatThrownBy(() -> get(pool.render(TENANT, "sales", () -> {
            throw new IllegalStateException("a failure is no success");
        }))).hasMessageContaining("no success");
        assertThat(tenants.take(TENANT)).isFalse();
        get(pool.render(TENANT, "sales", () -> "rendered"));
        assertThat(tenants.take(TENANT)).isTrue();
    }

    @Test
    void theTimeInTheQueueDoesNotCount() {
        var pool = pool(Duration.ofMillis(200));
        var free = new CountDownLatch(1);
        var busy = IntStream.range(0, THREADS).mapToObj(i -> pool.submit(() -> {
            free.await();
            return i;
        }).subscribeAsCompletionStage()).toList();
        var waiting = pool.render(TENANT, "sales", () -> "rendered").subscribeAsCompletionStage();

        // The same timeout in another pool ends later than it would in this one.
        assertThatThrownBy(() -> get(pool(Duration.ofMillis(200)).render(TENANT, "other", this::ignoreTheInterrupt)))
                .isInstanceOf(RenderTimeout.class);
        assertThat(waiting).isNotDone();
        free.countDown();

        assertThat(get(Uni.createFrom().completionStage(waiting))).isEqualTo("rendered");
        assertThat(busy).hasSize(THREADS);
    }

    /** Like a library that does not look at the interrupt flag. */
    private String ignoreTheInterrupt() {
        while (!goOn.get()) {
            Thread.onSpinWait();
        }
        return "too late";
    }

    private RenderPool pool(Duration timeout) {
        var pool = new RenderPool(new RenderConfig() {
            @Override
            public OptionalInt threads() {
                return OptionalInt.of(THREADS);
            }

            @Override
            public Duration timeout() {
                return timeout;
            }
        }, tenants, events);
        pools.add(pool);
        return pool;
    }
}
