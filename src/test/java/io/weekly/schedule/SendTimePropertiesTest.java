package io.weekly.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.report.Period;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Compares SendTime with a search that goes through the days of a zone one by one. */
class SendTimePropertiesTest {

    private static final Instant FROM = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2100-01-01T00:00:00Z");

    @Property(tries = 20_000)
    void nextEqualsASearchDayByDay(@ForAll("cases") SendTimeCase c) {
        var found = c.days(c.after().atZone(c.zone()).toLocalDate().minusDays(9), 20).stream()
                .filter(moment -> moment.isAfter(c.after()))
                .findFirst()
                .orElseThrow();

        assertThat(c.next()).isEqualTo(found).isAfter(c.after());
    }

    @Property(tries = 20_000)
    void lastEqualsASearchDayByDay(@ForAll("cases") SendTimeCase c) {
        var found = c.days(c.after().atZone(c.zone()).toLocalDate().minusDays(16), 27).stream()
                .filter(moment -> !moment.isAfter(c.after()))
                .toList()
                .getLast();

        assertThat(c.sendTime().last(c.after(), c.zone())).isEqualTo(found);
        assertThat(c.sendTime().next(found, c.zone())).isEqualTo(c.next());
    }

    @Property(tries = 20_000)
    void theLocalTimeIsTheWantedOneUnlessItDoesNotExist(@ForAll("cases") SendTimeCase c) {
        var next = c.next();
        var local = next.atZone(c.zone()).toLocalDateTime();

        if (!local.toLocalTime().equals(c.sendTime().time()) || local.getDayOfWeek() != c.sendTime().weekday()) {
            var gap = c.zone().getRules().getTransition(c.wantedBefore(local));
            assertThat(gap).isNotNull();
            assertThat(gap.isGap()).isTrue();
            assertThat(gap.getInstant()).isEqualTo(next);
        }
    }

    @Property(tries = 5_000)
    void successiveOccurrencesHaveSuccessivePeriods(@ForAll("cases") SendTimeCase c) {
        var moment = c.next();
        var period = c.sendTime().reportedAt(moment, c.zone());

        for (int week = 0; week < 12; week++) {
            var following = c.sendTime().next(moment, c.zone());
            assertThat(c.sendTime().next(following.minusNanos(1), c.zone())).isEqualTo(following);
            assertThat(c.sendTime().last(following.minusNanos(1), c.zone())).isEqualTo(moment);
            assertThat(c.sendTime().reportedAt(following, c.zone())).isEqualTo(period.next());
            moment = following;
            period = period.next();
        }
    }

    @Property(tries = 20_000)
    void thePeriodIsOverWhenItIsReported(@ForAll("cases") SendTimeCase c) {
        var next = c.next();
        var period = c.sendTime().reportedAt(next, c.zone());

        assertThat(period.sunday()).isBefore(next.atZone(c.zone()).toLocalDate());
        var fromAGap = !next.atZone(c.zone()).toLocalTime().equals(c.sendTime().time());
        if (!fromAGap) {
            assertThat(period).isEqualTo(Period.lastFullWeek(next, c.zone()));
        }
    }

    @Property(tries = 5_000)
    void aChangeOfZoneMovesAnOccurrenceButNotItsWeek(@ForAll("cases") SendTimeCase from, @ForAll("cases") SendTimeCase to) {
        var occurrence = from.next();

        var moved = from.sendTime().moved(occurrence, from.zone(), to.zone());

        assertThat(from.sendTime().reportedAt(moved, to.zone())).isEqualTo(from.sendTime().reportedAt(occurrence, from.zone()));
        assertThat(from.sendTime().last(moved, to.zone())).isEqualTo(moved);
    }

    /** Not a sample: every clock change of every zone, with send times inside it, at both its ends and next to it. */
    @Example
    void noClockChangeOfAnyZoneLosesOrRepeatsAWeek() {
        for (var id : ZoneId.getAvailableZoneIds()) {
            var zone = ZoneId.of(id);
            for (var transition : transitions(zone)) {
                for (var wanted : around(transition)) {
                    var c = new SendTimeCase(
                            zone,
                            transition.getInstant().minusSeconds(8 * 86_400),
                            new SendTime(wanted.getDayOfWeek(), wanted.toLocalTime()));
                    nextEqualsASearchDayByDay(c);
                    var first = c.next();
                    var second = c.sendTime().next(first, zone);
                    var third = c.sendTime().next(second, zone);
                    assertThat(c.days(first.atZone(zone).toLocalDate().minusDays(9), 35))
                            .as("%s %s", zone, c.sendTime())
                            .containsSubsequence(first, second, third)
                            .filteredOn(m -> !m.isBefore(first) && !m.isAfter(third))
                            .containsExactly(first, second, third);
                    assertThat(c.sendTime().reportedAt(third, zone))
                            .isEqualTo(c.sendTime().reportedAt(first, zone).next().next());
                }
            }
        }
    }

    @Provide
    Arbitrary<SendTimeCase> cases() {
        var zones = Arbitraries.of(ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList());
        var times = Arbitraries.integers().between(0, 24 * 60 - 1).map(minute -> LocalTime.ofSecondOfDay(minute * 60L));
        var sendTimes = Combinators.combine(Arbitraries.of(DayOfWeek.class), times).as(SendTime::new);
        return zones.flatMap(zone -> Combinators.combine(instants(zone), sendTimes).as((after, s) -> new SendTimeCase(zone, after, s)));
    }

    private static Arbitrary<Instant> instants(ZoneId zone) {
        var anywhere =
                Arbitraries.longs().between(FROM.getEpochSecond(), TO.getEpochSecond()).map(Instant::ofEpochSecond);
        var transitions = transitions(zone);
        if (transitions.isEmpty()) {
            return anywhere;
        }
        var beside = Combinators.combine(
                        Arbitraries.of(transitions), Arbitraries.longs().between(-9 * 86_400, 2 * 86_400))
                .as((transition, seconds) -> transition.getInstant().plusSeconds(seconds));
        return Arbitraries.oneOf(anywhere, beside);
    }

    /** From 1970 to 2045; from then on the rules only repeat themselves. */
    private static List<ZoneOffsetTransition> transitions(ZoneId zone) {
        var found = new ArrayList<ZoneOffsetTransition>();
        var end = Instant.parse("2045-01-01T00:00:00Z");
        var next = zone.getRules().nextTransition(FROM);
        while (next != null && next.getInstant().isBefore(end)) {
            found.add(next);
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return found;
    }

    private static List<LocalDateTime> around(ZoneOffsetTransition transition) {
        var before = transition.getDateTimeBefore();
        var after = transition.getDateTimeAfter();
        var middle = before.plusSeconds(transition.getDuration().toSeconds() / 2);
        return List.of(before.minusMinutes(1), before, before.plusMinutes(1), middle, after.minusMinutes(1), after);
    }
}
