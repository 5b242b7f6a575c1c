package io.weekly.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.schedule.SendTime;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the digests of a tenant are due, and which time they are about. */
class DigestTenantTest {

    private static final SendTime TUESDAY = new SendTime(DayOfWeek.TUESDAY, LocalTime.of(9, 0));

    @ParameterizedTest
    @CsvSource({
        // Winter and summer time, and zones far from UTC.
        "Europe/Vienna,     2026-11-24T08:00:00Z, 2026-11-24T08:00:00Z",
        "Europe/Vienna,     2026-11-24T07:59:59Z, 2026-11-17T08:00:00Z",
        "Europe/Vienna,     2026-07-07T07:00:00Z, 2026-07-07T07:00:00Z",
        "America/New_York,  2026-11-24T14:00:00Z, 2026-11-24T14:00:00Z",
        "Pacific/Kiritimati,2026-11-23T19:00:00Z, 2026-11-23T19:00:00Z"
    })
    void theyAreDueAtTheLocalTimeOfTheTenant(String zone, Instant now, Instant due) {
        assertThat(tenant(zone, null).due(TUESDAY, now)).isEqualTo(due);
    }

    /** The clocks of Vienna went back on Sunday, 2026-10-25: the seven days have 169 hours. */
    @Test
    void oneDigestBeginsWhereTheLastOneEndedWhenTheClocksChange() {
        var before = Instant.parse("2026-10-20T07:00:00Z");
        var tenant = tenant("Europe/Vienna", before);
        var due = tenant.due(TUESDAY, Instant.parse("2026-10-27T09:00:00Z"));

        assertThat(due).isEqualTo("2026-10-27T08:00:00Z");
        assertThat(tenant.isWaitingFor(due)).isTrue();
        assertThat(tenant.from(due)).isEqualTo(tenant("Europe/Vienna", null).until(before));
    }

    @Test
    void anIsoWeekHasOneDigestEvenIfTheZoneOrTheWeekdayChanges() {
        var tuesday = Instant.parse("2026-11-24T08:00:00Z");
        var moved = tenant("America/New_York", tuesday);
        var friday = new SendTime(DayOfWeek.FRIDAY, LocalTime.of(9, 0));

        assertThat(moved.isWaitingFor(moved.due(TUESDAY, Instant.parse("2026-11-24T20:00:00Z")))).isFalse();
        assertThat(moved.isWaitingFor(moved.due(friday, Instant.parse("2026-11-28T20:00:00Z")))).isFalse();

        var next = moved.due(friday, Instant.parse("2026-12-05T20:00:00Z"));
        assertThat(moved.isWaitingFor(next)).isTrue();
        assertThat(moved.from(next)).as("nothing between the two is lost").isEqualTo(tuesday.minusSeconds(600));
    }

    @Test
    void afterALongOutageOneDigestIsAboutFourWeeks() {
        var tenant = tenant("UTC", Instant.parse("2026-09-01T09:00:00Z"));
        var due = tenant.due(TUESDAY, Instant.parse("2026-11-26T00:00:00Z"));

        assertThat(tenant.isWaitingFor(due)).isTrue();
        assertThat(tenant.from(due)).isEqualTo("2026-10-27T08:50:00Z");
        assertThat(tenant.until(due)).isEqualTo("2026-11-24T08:50:00Z");
    }

    private static DigestTenant tenant(String zone, Instant writtenTo) {
        return new DigestTenant(1, "acme", "Acme", ZoneId.of(zone), writtenTo);
    }
}
