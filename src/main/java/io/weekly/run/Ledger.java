package io.weekly.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.weekly.report.ReportStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ledger of a run: how many of its due reports have each status. {@code due} is read from the run. The other numbers are counted from
 * the reports themselves, not read from the run's counters.
 *
 * @param generated generated, in a run that delivers nothing
 * @param bounced the mail server refused the recipient
 * @param unknown it is unknown whether the mail was sent
 * @param open not ended yet
 * @param frozen whether {@code due} is final; a run whose reports are still being queued does not balance
 */
@RegisterForReflection // the resource returns bytes, so Quarkus does not see this type
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

    /** The key of {@link #open} in {@link #of}. */
    static final String OPEN = "open";

    /**
     * A ledger from the numbers of reports by status. A status that is not in the map has none.
     *
     * @param counts by the text of {@link ReportStatus}, and {@code open}
     */
    public static Ledger of(int due, boolean frozen, Map<String, Integer> counts) {
        return new Ledger(
                due,
                count(counts, ReportStatus.DELIVERED),
                count(counts, ReportStatus.GENERATED),
                count(counts, ReportStatus.BOUNCED),
                count(counts, ReportStatus.UNKNOWN),
                count(counts, ReportStatus.FAILED),
                count(counts, ReportStatus.SUPPRESSED),
                count(counts, ReportStatus.SKIPPED),
                count(counts, ReportStatus.CANCELLED),
                counts.getOrDefault(OPEN, 0),
                frozen);
    }

    private static int count(Map<String, Integer> counts, ReportStatus status) {
        return counts.getOrDefault(status.text(), 0);
    }

    /** Whether the numbers of ended and open reports add up to {@code due}, and {@code due} is final. */
    @JsonProperty
    public boolean balanced() {
        return frozen && missing() == open;
    }

    /** Whether the ledger balances and no report is open. Then it changes only if a user retries or delivers a report again. */
    boolean settled() {
        return balanced() && open == 0;
    }

    /** How many due reports have not ended: those that are open, and those that do not exist. Negative if more exist than were due. */
    int missing() {
        return due - ended().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The reports that have ended, by status, without zeros. */
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
