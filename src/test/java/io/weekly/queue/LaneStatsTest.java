package io.weekly.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneStatsTest {

    private final HandSet clock = new HandSet();
    private final LaneStats lastMinute = new LaneStats(clock);

    @Test
    void eachLaneIsCountedSeparately() {
        lastMinute.ended(Lane.GENERATE, false);
        lastMinute.ended(Lane.GENERATE, true);
        lastMinute.claimed(List.of(lease(Lane.DELIVER, Duration.ofSeconds(3))));

        assertThat(lastMinute.of(Lane.GENERATE, 5)).isEqualTo(new LaneFigures(5, 2, 1, WaitHistogram.NONE));
        var deliver = lastMinute.of(Lane.DELIVER, 0);
        assertThat(deliver.finished()).isZero();
        assertThat(deliver.waits().p95Seconds()).isBetween(3.0, 3.6);
    }

    @Test
    void figuresAreDroppedAfterAMinuteAndNotBefore() {
        lastMinute.ended(Lane.GENERATE, false);
        lastMinute.claimed(List.of(lease(Lane.GENERATE, Duration.ofSeconds(3))));

        clock.pass(Duration.ofSeconds(58));
        assertThat(finished()).isEqualTo(1);
        assertThat(lastMinute.of(Lane.GENERATE, 0).waits()).isNotEqualTo(WaitHistogram.NONE);

        clock.pass(Duration.ofSeconds(2));
        assertThat(lastMinute.of(Lane.GENERATE, 0)).isEqualTo(LaneFigures.NONE);
    }

    @Test
    void aSteadyRateIsReportedCorrectlyAtAnyTime() {
        for (var second = 0; second < 200; second++) {
            lastMinute.ended(Lane.GENERATE, second % 10 == 0);
            clock.pass(Duration.ofSeconds(1));
        }

        assertThat(finished()).isBetween(58, 60);
        assertThat(lastMinute.of(Lane.GENERATE, 0).failed()).isBetween(5, 6);
    }

    @Test
    void aReusedIntervalStartsAtZero() {
        lastMinute.ended(Lane.GENERATE, false);
        clock.pass(Duration.ofSeconds(60));
        lastMinute.ended(Lane.GENERATE, false);

        assertThat(finished()).isEqualTo(1);
    }

    @Test
    void aClockThatIsSetBackHidesFutureFiguresAndCountsOn() {
        lastMinute.ended(Lane.GENERATE, false);
        clock.pass(Duration.ofSeconds(-10));
        lastMinute.ended(Lane.GENERATE, false);

        assertThat(finished()).isEqualTo(1);
    }

    private int finished() {
        return lastMinute.of(Lane.GENERATE, 0).finished();
    }

    private static Lease lease(Lane lane, Duration waited) {
        return new Lease(1, 1, lane, Priority.BULK, 1, "0", 1, false, waited);
    }

    private static final class HandSet extends Clock {
        private Instant now = Instant.parse("2026-11-23T06:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

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
            throw new UnsupportedOperationException("a test's clock has one zone");
        }
    }
}
