package io.weekly.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers what operators were told, so that they are told of the same thing once in 24 hours. Memory is bounded: if there are more than
 * {@link #MAX} things at a time, the oldest are told again. Each process remembers for itself.
 */
public final class OncePerDay {

    static final int MAX = 10_000;
    private static final Duration QUIET = Duration.ofDays(1);

    private final Clock clock;
    private final Map<String, Instant> toldById = new LinkedHashMap<>();

    public OncePerDay(Clock clock) {
        this.clock = clock;
    }

    /** Whether the thing is to be told now. Then it counts as told. */
    public synchronized boolean isNew(String id) {
        var now = clock.instant();
        var told = toldById.get(id);
        if (told != null && now.isBefore(told.plus(QUIET))) {
            return false;
        }
        toldById.remove(id);
        toldById.put(id, now);
        if (toldById.size() > MAX) {
            toldById.remove(toldById.keySet().iterator().next());
        }
        return true;
    }

    /** Telling failed, so the next time counts again. */
    public synchronized void forget(String id) {
        toldById.remove(id);
    }
}
