package io.weekly.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AllowedHoursTest {

    /** Since then the offsets of all zones are whole minutes. */
    private static final Instant FROM = Instant.parse("1975-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2045-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Example
    void hoursOverMidnightAreOpenFromEveningToMorning() {
        var hours = AllowedHours.of("20:00-06:00 Europe/Vienna");

        assertThat(until(hours, "2026-11-23T18:59:59Z")).isEqualTo(Duration.ofSeconds(1));
        assertThat(until(hours, "2026-11-23T19:00:00Z")).isZero();
        assertThat(until(hours, "2026-11-24T04:59:59.999999Z")).isZero();
        assertThat(until(hours, "2026-11-24T05:00:00Z")).isEqualTo(Duration.ofHours(14));
    }

    @Example
    void withoutAZoneHoursAreInUtc() {
        assertThat(AllowedHours.of("01:30-05:00")).isEqualTo(AllowedHours.of(" 01:30 - 05:00  Z "));
    }

    @Example
    void ifTheClocksSkipTheStartTheHoursOpenAtTheChange() {
        var hours = AllowedHours.of("02:30-05:00 Europe/Berlin");

        assertThat(until(hours, "2026-03-29T00:59:00Z")).isEqualTo(MINUTE);
        assertThat(until(hours, "2026-03-29T01:00:00Z")).isZero();
    }

    @Example
    void ifTheClocksSkipAllHoursTheyOpenTheNextDay() {
        var hours = AllowedHours.of("02:15-02:45 Europe/Berlin");

        assertThat(until(hours, "2026-03-28T12:00:00Z")).isEqualTo(Duration.between(
                Instant.parse("2026-03-28T12:00:00Z"), Instant.parse("2026-03-30T00:15:00Z")));
    }

    @Example
    void ifTheClocksRepeatTheHoursTheyOpenTwice() {
        var hours = AllowedHours.of("02:15-02:45 Europe/Berlin");

        assertThat(until(hours, "2026-10-25T00:45:00Z")).isEqualTo(Duration.ofMinutes(30));
    }

    @Example
    void theConfigurationCanReadHours() {
        assertThat(configured("20:00-06:00 Europe/Vienna").allowedHours()).contains(AllowedHours.of("20:00-06:00 Europe/Vienna"));
        assertThat(configured("").allowedHours()).isEmpty();
    }

    @Example
    void invalidHoursAreReportedWithTheirKey() {
        for (var wrong : List.of("8-18", "20:00", "20:00-26:00", "20:00-06:00 Europe/Viena", "20:00-06:00,12:00-13:00", "06:00-06:00")) {
            assertThatThrownBy(() -> configured(wrong)).as(wrong)
                    .hasStackTraceContaining("weekly.source.allowed-hours")
                    .hasStackTraceContaining("range of hours");
        }
    }

    /** The expected value comes from a search minute by minute, without any knowledge of days or clock changes. */
    @Property(tries = 5_000)
    void untilOpenEndsAtTheFirstAllowedMinute(@ForAll("cases") Case c) {
        assertThat(c.now.plus(c.hours.untilOpen(c.now))).isEqualTo(c.walk());
    }

    /** Covers every clock change of every zone in two years, with hours that start or end around it. */
    @Example
    void everyClockChangeOfEveryZoneIsHandled() {
        for (var id : ZoneId.getAvailableZoneIds()) {
            var zone = ZoneId.of(id);
            for (var change : changes(zone, Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2028-01-01T00:00:00Z"))) {
                var before = change.getDateTimeBefore().toLocalTime();
                var after = change.getDateTimeAfter().toLocalTime();
                for (var from : List.of(before.minusMinutes(20), before, before.plusMinutes(30), after.minusMinutes(20), after)) {
                    for (var length : List.of(10, 25, 600)) {
                        var hours = new AllowedHours(from, from.plusMinutes(length), zone);
                        untilOpenEndsAtTheFirstAllowedMinute(new Case(hours, change.getInstant().minusSeconds(3 * 3600)));
                        untilOpenEndsAtTheFirstAllowedMinute(new Case(hours, change.getInstant()));
                        untilOpenEndsAtTheFirstAllowedMinute(new Case(hours, change.getInstant().plusSeconds(1234)));
                    }
                }
            }
        }
    }

    private static Duration until(AllowedHours hours, String now) {
        return hours.untilOpen(Instant.parse(now));
    }

    private static SourceConfig configured(String hours) {
        return new SmallRyeConfigBuilder()
                .withMapping(SourceConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withDefaultValue("weekly.source.allowed-hours", hours)
                .build()
                .getConfigMapping(SourceConfig.class);
    }

    record Case(AllowedHours hours, Instant now) {

        Instant walk() {
            var open = minutes();
            if (open.contains(minute(now))) {
                return now;
            }
            var moment = now.truncatedTo(ChronoUnit.MINUTES);
            do {
                moment = moment.plus(MINUTE);
            } while (!open.contains(minute(moment)));
            return moment;
        }

        private int minute(Instant moment) {
            return moment.atZone(hours.zone()).toLocalTime().toSecondOfDay() / 60;
        }

        private Set<Integer> minutes() {
            var minutes = new HashSet<Integer>();
            for (var time = hours.from(); !time.equals(hours.to()); time = time.plusMinutes(1)) {
                minutes.add(time.toSecondOfDay() / 60);
            }
            return minutes;
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        var zones = Arbitraries.of(ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList());
        var times = Arbitraries.integers().between(0, 24 * 60 - 1).map(minute -> LocalTime.ofSecondOfDay(minute * 60L));
        return zones.flatMap(zone -> Combinators.combine(times, Arbitraries.integers().between(1, 24 * 60 - 1), instants(zone))
                .as((from, length, now) -> new Case(new AllowedHours(from, from.plusMinutes(length), zone), now)));
    }

    private static Arbitrary<Instant> instants(ZoneId zone) {
        var anywhere = Arbitraries.longs().between(FROM.getEpochSecond(), TO.getEpochSecond()).map(Instant::ofEpochSecond);
        var changes = changes(zone, FROM, TO);
        if (changes.isEmpty()) {
            return anywhere;
        }
        var beside = Combinators.combine(Arbitraries.of(changes), Arbitraries.longs().between(-2 * 86_400, 86_400))
                .as((change, seconds) -> change.getInstant().plusSeconds(seconds));
        return Arbitraries.oneOf(anywhere, beside);
    }

    private static List<ZoneOffsetTransition> changes(ZoneId zone, Instant from, Instant to) {
        var found = new ArrayList<ZoneOffsetTransition>();
        var next = zone.getRules().nextTransition(from);
        while (next != null && next.getInstant().isBefore(to)) {
            found.add(next);
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return found;
    }
}
