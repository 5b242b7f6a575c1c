package io.weekly.worker;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RenderPoolTest {

    private static final int THREADS = 3;

    private final RenderPool pool = new RenderPool(new RenderConfig() {
        @Override
        public OptionalInt threads() {
            return OptionalInt.of(THREADS);
        }

        @Override
        public Duration timeout() {
            return Duration.ofMinutes(1);
        }
    });

    @AfterEach
    void stop() {
        pool.stop();
    }

    @Test
    void noMoreReportsAreRenderedAtATimeThanThereAreThreads() {
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
}
