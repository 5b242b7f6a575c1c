package io.weekly.definition;

import java.time.Duration;

/**
 * What a definition asks before its datasets are worth reading.
 *
 * @param query no dataset: no template sees it. One row whose first column is true says that the data are there
 * @param every how often it is asked
 * @param longest how long it waits: from the start of a run, or from the moment when somebody asked for a report
 */
public record ReadinessQuery(Dataset query, Duration every, Duration longest) {
    /** A run asks again and again, so a query that takes longer than this is one that nobody should run so often. */
    static final Duration TIMEOUT = Duration.ofSeconds(15);
    static final Duration DEFAULT_EVERY = Duration.ofMinutes(10);
    static final Duration DEFAULT_WAIT = Duration.ofHours(6);
    /** Every waiting run of every tenant asks so often. */
    static final Duration SHORTEST_EVERY = Duration.ofSeconds(10);
    /** By then the next week's run is due. */
    static final Duration LONGEST_WAIT = Duration.ofDays(7);

    public ReadinessQuery {
        query = query.within(TIMEOUT);
    }

    /** As it is told: {@code 6h}, {@code 1h30m}. */
    public String longestText() {
        return DurationText.of(longest);
    }
}
