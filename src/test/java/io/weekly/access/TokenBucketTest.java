package io.weekly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void aPollingClientAtTheRateIsNeverRefused() {
        var bucket = new TokenBucket(1, 10, NOON);

        for (var i = 0; i < 10_000; i++) {
            assertThat(bucket.take(NOON.plusMillis(100L * i))).isEmpty();
        }
    }

    @Test
    void aBurstIsAllowedOnceAndThenTheRate() {
        var bucket = new TokenBucket(5, 2, NOON);

        assertThat(taken(bucket, NOON, 20)).isEqualTo(5);
        assertThat(taken(bucket, NOON.plusSeconds(1), 20)).isEqualTo(2);
        assertThat(taken(bucket, NOON.plus(Duration.ofDays(1)), 20)).as("a long pause gives one burst, not more").isEqualTo(5);
    }

    @Test
    void whoWaitsAsToldIsServed() {
        var bucket = new TokenBucket(3, 0.5, NOON);
        taken(bucket, NOON, 3);

        var wait = bucket.take(NOON).orElseThrow();

        assertThat(wait).isEqualTo(Duration.ofSeconds(2));
        assertThat(bucket.take(NOON.plus(wait).minusMillis(1))).contains(Duration.ofMillis(1));
        assertThat(bucket.take(NOON.plus(wait))).isEmpty();
    }

    @Test
    void aClockThatGoesBackNeitherGivesNorTakes() {
        var bucket = new TokenBucket(2, 1, NOON);
        bucket.take(NOON);

        assertThat(taken(bucket, NOON.minusSeconds(3600), 5)).isEqualTo(1);
        assertThat(taken(bucket, NOON, 5)).isZero();
        assertThat(taken(bucket, NOON.plusSeconds(1), 5)).isEqualTo(1);
    }

    @Test
    void concurrentRequestsGetNoMoreThanTheBurst() {
        var bucket = new TokenBucket(1000, 1, NOON);

        assertThat(IntStream.range(0, 20_000).parallel().filter(_ -> bucket.take(NOON).isEmpty()).count()).isEqualTo(1000);
    }

    private static long taken(TokenBucket bucket, Instant now, int requests) {
        return IntStream.range(0, requests).filter(_ -> bucket.take(now).isEmpty()).count();
    }
}
