package io.weekly.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

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
        return frozen && due == delivered + generated + bounced + unknown + failed + suppressed + skipped + cancelled + open;
    }
}
