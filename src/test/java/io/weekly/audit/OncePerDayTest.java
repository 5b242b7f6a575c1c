package io.weekly.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class OncePerDayTest {

    private Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private final OncePerDay told = new OncePerDay(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    });

    @Test
    void theSameThingIsToldOnceInADay() {
        assertThat(told.isNew("a")).isTrue();
        assertThat(told.isNew("b")).isTrue();
        now = now.plus(Duration.ofHours(24).minusMillis(1));
        assertThat(told.isNew("a")).isFalse();
        now = now.plusMillis(1);
        assertThat(told.isNew("a")).isTrue();
        assertThat(told.isNew("a")).isFalse();
    }

    @Test
    void whatCouldNotBeToldIsNewAgain() {
        assertThat(told.isNew("a")).isTrue();
        told.forget("a");
        assertThat(told.isNew("a")).isTrue();
    }

    @Test
    void tooManyThingsAreToldAgainFromTheOldestOn() {
        for (var i = 0; i <= OncePerDay.MAX; i++) {
            assertThat(told.isNew("thing-" + i)).isTrue();
        }

        assertThat(told.isNew("thing-1")).isFalse();
        assertThat(told.isNew("thing-0")).isTrue();
    }
}
