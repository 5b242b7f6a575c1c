package io.weekly.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.report.Period;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import net.jqwik.api.Example;

class SendTimeTest {

    @Example
    void aTimeThatTheClocksSkipFiresAtTheFirstMomentAfterTheGap() {
        var berlin = ZoneId.of("Europe/Berlin");
        var sendTime = new SendTime(DayOfWeek.SUNDAY, LocalTime.of(2, 30));

        var next = sendTime.next(Instant.parse("2026-03-28T12:00:00Z"), berlin);

        assertThat(next.atZone(berlin).toLocalDateTime()).isEqualTo("2026-03-29T03:00");
        assertThat(sendTime.next(next, berlin).atZone(berlin).toLocalDateTime()).isEqualTo("2026-04-05T02:30");
    }

    @Example
    void aTimeThatTheClocksRepeatFiresOnlyTheFirstTime() {
        var berlin = ZoneId.of("Europe/Berlin");
        var sendTime = new SendTime(DayOfWeek.SUNDAY, LocalTime.of(2, 30));

        var next = sendTime.next(Instant.parse("2026-10-24T12:00:00Z"), berlin);

        assertThat(next).isEqualTo("2026-10-25T00:30:00Z");
        assertThat(sendTime.next(next, berlin)).isEqualTo("2026-11-01T01:30:00Z");
        assertThat(sendTime.last(Instant.parse("2026-10-25T02:00:00Z"), berlin)).isEqualTo(next);
    }

    @Example
    void aDayThatAZoneSkipsFiresWhenTheNextDayStarts() {
        var apia = ZoneId.of("Pacific/Apia");
        var sendTime = new SendTime(DayOfWeek.FRIDAY, LocalTime.of(7, 0));

        var next = sendTime.next(Instant.parse("2011-12-29T00:00:00Z"), apia);

        assertThat(next.atZone(apia).toLocalDateTime()).isEqualTo("2011-12-31T00:00");
        assertThat(sendTime.reportedAt(next, apia)).isEqualTo(Period.parse("2011-W51"));
        assertThat(sendTime.next(next, apia).atZone(apia).toLocalDateTime()).isEqualTo("2012-01-06T07:00");
    }

    @Example
    void nextIsStrictlyLaterAndLastIsNot() {
        var sendTime = new SendTime(DayOfWeek.MONDAY, LocalTime.of(6, 0));
        var monday = Instant.parse("2026-11-23T06:00:00Z");

        assertThat(sendTime.next(monday.minusNanos(1), ZoneOffset.UTC)).isEqualTo(monday);
        assertThat(sendTime.next(monday, ZoneOffset.UTC)).isEqualTo("2026-11-30T06:00:00Z");
        assertThat(sendTime.last(monday, ZoneOffset.UTC)).isEqualTo(monday);
        assertThat(sendTime.last(monday.minusNanos(1), ZoneOffset.UTC)).isEqualTo("2026-11-16T06:00:00Z");
    }
}
