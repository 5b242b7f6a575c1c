package io.weekly.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of all that was due in a run. {@code due} was frozen when the last report was queued and is read from the run; the rest is
 * counted from the reports themselves, not from the run's counters.
 *
 * @param generated made, and nothing was to be delivered
 * @param bounced the mail server refused it for this recipient
 * @param unknown nobody can tell whether the mail went out
 * @param open not at an end yet
 * @param frozen whether {@code due} is final; while reports are still being queued nothing balances
 */
@RegisterForReflection // answered as bytes, which say nothing of what was in them
public record Ledger(
        int due,
        int delivered,
        int generated,
        int bounced,
        int unknown,
        int failed,
        int suppressed,
        int skipped,
        int cancelled,
        int open,
        @JsonIgnore boolean frozen) {

    /** Whether every report that was due is one of the others, once. */
    @JsonProperty
    public boolean balanced() {
        return frozen && missing() == open;
    }

    /** Whether nothing of it is open any more either: it balances, and stays so. */
    boolean settled() {
        return balanced() && open == 0;
    }

    /** What was due and has not ended: what is open, and what is nowhere. Less than nothing where more reports are there than were due. */
    int missing() {
        return due - ended().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What has ended, by how; nothing that is zero. */
    Map<String, Integer> ended() {
        var ended = new LinkedHashMap<String, Integer>();
        ended.put("delivered", delivered);
        ended.put("generated", generated);
        ended.put("bounced", bounced);
        ended.put("unknown", unknown);
        ended.put("failed", failed);
        ended.put("suppressed", suppressed);
        ended.put("skipped", skipped);
        ended.put("cancelled", cancelled);
        ended.values().removeIf(count -> count == 0);
        return ended;
    }
}
