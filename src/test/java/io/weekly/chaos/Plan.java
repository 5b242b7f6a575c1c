package io.weekly.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What will go wrong, in this order: decided by the seed alone. */
record Plan(List<Event> events) {

    static Plan of(Settings settings) {
        var random = new Random(settings.seed());
        var events = new ArrayList<Event>();
        for (var i = 0; i < settings.kills(); i++) {
            events.add(new Event.Kill(random.nextInt(Fleet.SIZE)));
        }
        Collections.shuffle(events, random);
        return new Plan(List.copyOf(events));
    }
}
