package io.weekly.chaos;

import io.weekly.chaos.Mood.Answer;
import io.weekly.chaos.Mood.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/** What will go wrong, in this order: decided by the seed alone. */
record Plan(List<Event> events) {

    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(10);
    private static final Duration LONGEST_REFUSAL = Duration.ofSeconds(5);
    private static final int LONGEST_MOOD = 10;

    static Plan of(Settings settings) {
        var random = new Random(settings.seed());
        var events = new ArrayList<IntFunction<Event>>();
        for (var i = 0; i < settings.kills(); i++) {
            var speaking = i % 2 == 0;
            events.add(replica -> new Event.Kill(replica, speaking));
            if (i % 4 == 0) {
                events.add(Event.Stop::new);
                events.add(replica -> new Event.KillDatabase(upTo(LONGEST_OUTAGE, random)));
                events.add(replica -> new Event.CutConnections());
            }
            if (i % 5 == 0) {
                events.add(replica -> new Event.RefuseMail(upTo(LONGEST_REFUSAL, random)));
            }
            if (i % 2 == 0) {
                events.add(replica -> moody(random));
            }
        }
        Collections.shuffle(events, random);
        var planned = new ArrayList<Event>();
        var replica = 0;
        for (var event : events) {
            // Another one each time: the last is still starting.
            replica = (replica + 1 + random.nextInt(Fleet.SIZE - 1)) % Fleet.SIZE;
            planned.add(event.apply(replica));
        }
        return new Plan(List.copyOf(planned));
    }

    private static Event moody(Random random) {
        var bad = List.of(Answer.SLOW, Answer.LATER, Answer.NEVER, Answer.HANG, Answer.CUT);
        var mood = new Mood(bad.get(random.nextInt(bad.size())), Step.values()[random.nextInt(Step.values().length)]);
        return new Event.Moody(mood, 1 + random.nextInt(LONGEST_MOOD));
    }

    private static Duration upTo(Duration longest, Random random) {
        return Duration.ofMillis(random.nextLong(longest.toMillis()));
    }

    String sum() {
        return "%d kills, %d stops, %d kills of the database, %d times all connections cut, %d times mail refused, %d moods".formatted(
                count(Event.Kill.class), count(Event.Stop.class), count(Event.KillDatabase.class), count(Event.CutConnections.class),
                count(Event.RefuseMail.class), count(Event.Moody.class));
    }

    private long count(Class<? extends Event> kind) {
        return events.stream().filter(kind::isInstance).count();
    }
}
