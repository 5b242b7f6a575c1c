package io.weekly.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * The failures, in their order. They depend on the settings only, so a seed repeats them.
 *
 * @param clocks the offsets of the clocks of the replicas at their first start
 */
record Plan(List<Duration> clocks, List<Event> events) {

    static final Duration MAX_CLOCK_OFFSET = Duration.ofHours(3);
    private static final Duration MAX_OUTAGE = Duration.ofSeconds(10);
    private static final Duration MAX_REFUSAL = Duration.ofSeconds(5);
    private static final int MAX_MOODY_DIALOGUES = 3;

    static Plan of(Settings settings) {
        var random = new Random(settings.seed());
        var events = new ArrayList<IntFunction<Event>>();
        for (var i = 0; i < settings.kills(); i++) {
            var speaking = i % 2 == 0;
            events.add(replica -> new Event.Kill(replica, speaking, clock(random)));
        }
        var deck = new Deck(random);
        for (var i = 0; i < settings.others(); i++) {
            if (i % 4 == 0) {
                events.add(replica -> new Event.Stop(replica, clock(random)));
                events.add(replica -> new Event.KillDatabase(upTo(MAX_OUTAGE, random)));
                events.add(replica -> new Event.CutConnections());
            }
            if (i % 5 == 0) {
                events.add(replica -> new Event.RefuseMail(upTo(MAX_REFUSAL, random)));
            }
            for (var hand = 0; hand < 2; hand++) {
                events.add(replica -> new Event.Moody(deck.deal(), 1 + random.nextInt(MAX_MOODY_DIALOGUES)));
            }
        }
        Collections.shuffle(events, random);
        var clocks = Stream.generate(() -> clock(random)).limit(Fleet.SIZE).toList();
        var planned = new ArrayList<Event>();
        var replica = 0;
        for (var event : events) {
            // Never the same replica twice in a row: it may still be starting.
            replica = (replica + 1 + random.nextInt(Fleet.SIZE - 1)) % Fleet.SIZE;
            planned.add(event.apply(replica));
        }
        return new Plan(clocks, List.copyOf(planned));
    }

    /** On average every second clock has no offset. */
    private static Duration clock(Random random) {
        var furthest = MAX_CLOCK_OFFSET.toSeconds();
        return random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(random.nextLong(-furthest, furthest + 1));
    }

    private static Duration upTo(Duration longest, Random random) {
        return Duration.ofMillis(random.nextLong(longest.toMillis()));
    }

    String summary() {
        return "%d kills, %d stops, %d kills of the database, %d times all connections cut, %d times mail refused, %d moods".formatted(
                count(Event.Kill.class), count(Event.Stop.class), count(Event.KillDatabase.class), count(Event.CutConnections.class),
                count(Event.RefuseMail.class), count(Event.Moody.class));
    }

    private long count(Class<? extends Event> kind) {
        return events.stream().filter(kind::isInstance).count();
    }
}
