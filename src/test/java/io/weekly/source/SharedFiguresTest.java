package io.weekly.source;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import io.weekly.source.SharedFigures.Key;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedFiguresTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final HandSet clock = new HandSet();
    private final AtomicInteger reads = new AtomicInteger();
    private final SharedFigures shared = new SharedFigures(new Limits(), clock);

    @Test
    void aThousandConcurrentRequestsShareOneReading() {
        var answer = new CompletableFuture<Figures>();
        var waiting = new ArrayList<CompletableFuture<Figures>>();

        for (var i = 0; i < 1000; i++) {
            waiting.add(shared.get(key("run"), () -> {
                reads.incrementAndGet();
                return Uni.createFrom().completionStage(answer);
            }).subscribeAsCompletionStage());
        }
        answer.complete(figures(10));

        assertThat(reads).hasValue(1);
        assertThat(waiting).allSatisfy(one -> assertThat(one.join().bytes()).isEqualTo(10));
    }

    @Test
    void aCallerThatCancelsDoesNotCancelOthers() {
        var answer = new CompletableFuture<Figures>();
        var first = shared.get(key("run"), () -> Uni.createFrom().completionStage(answer)).subscribeAsCompletionStage();
        var second = shared.get(key("run"), () -> Uni.createFrom().failure(new IllegalStateException())).subscribeAsCompletionStage();

        first.cancel(true);
        answer.complete(figures(10));

        assertThat(second.join().asOf()).isEqualTo(NOON);
    }

    @Test
    void anotherRunReadsAgain() {
        read("run", 10);
        read("another", 10);
        read("run", 10);

        assertThat(reads).hasValue(2);
    }

    @Test
    void aFailureIsNotCached() {
        assertThatThrownBy(() -> get(shared.get(key("run"), () -> Uni.createFrom().failure(new DatasetException("f", "r", null)))))
                .isInstanceOf(DatasetException.class);

        assertThat(read("run", 10).asOf()).isEqualTo(NOON);
    }

    @Test
    void oldFiguresAreReadAgain() {
        read("run", 10);
        clock.now = NOON.plus(Duration.ofMinutes(10));
        read("run", 10);
        assertThat(reads).hasValue(1);

        clock.now = NOON.plus(Duration.ofMinutes(10).plusMillis(1));

        assertThat(read("run", 10).asOf()).isEqualTo(clock.now);
        assertThat(reads).hasValue(2);
        assertThat(shared.bytes()).isEqualTo(10);
    }

    @Test
    void leastRecentlyUsedFiguresAreRemovedFirst() {
        read("a", 400);
        read("b", 400);
        read("a", 400);

        read("c", 400);

        assertThat(shared.bytes()).isEqualTo(800);
        read("a", 400);
        assertThat(reads).hasValue(3);
        read("b", 400);
        assertThat(reads).hasValue(4);
    }

    @Test
    void figuresLargerThanTheCacheAreNotCached() {
        assertThat(read("a", 1001).bytes()).isEqualTo(1001);

        assertThat(shared.bytes()).isZero();
    }

    @Test
    void theNumberOfReadingsIsBounded() {
        for (var i = 0; i <= SharedFigures.MAX_READINGS; i++) {
            read("run " + i, 1);
        }

        assertThat(shared.bytes()).isEqualTo(SharedFigures.MAX_READINGS);
    }

    private Figures read(String run, long bytes) {
        return get(shared.get(key(run), () -> {
            reads.incrementAndGet();
            return Uni.createFrom().item(figures(bytes));
        }));
    }

    private Figures figures(long bytes) {
        return new Figures(Map.of(), Map.of(), clock.instant(), bytes);
    }

    private static Key key(String run) {
        return new Key(run, "weekly-business", "1", List.of(List.of("acme")));
    }

    private static final class HandSet extends Clock {
        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Limits implements SourceConfig {
        @Override
        public boolean allowServiceUser() {
            return false;
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(60);
        }

        @Override
        public Duration datasetTimeout() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration sharedMaxAge() {
            return Duration.ofMinutes(10);
        }

        @Override
        public MemorySize maxBytes() {
            throw new UnsupportedOperationException("nothing is read");
        }

        @Override
        public MemorySize sharedMaxBytes() {
            return new MemorySize(BigInteger.valueOf(1000));
        }

        @Override
        public Optional<AllowedHours> allowedHours() {
            return Optional.empty();
        }
    }
}
