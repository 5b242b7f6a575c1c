package io.weekly.definition;

import java.time.Duration;

/**
 * The query that says whether the data are complete, before any dataset is read.
 *
 * @param query not a dataset: no template sees it. The data are complete if it returns one row whose first column is true
 * @param every the pause between two executions
 * @param longest how long to wait at most, counted from the start of the run, or from the request for a report on demand
 */
public record ReadinessQuery(Dataset query, Duration every, Duration longest) {
    /** Every waiting run executes it again and again, so it must be fast. */
    static final Duration TIMEOUT = Duration.ofSeconds(15);
    static final Duration DEFAULT_EVERY = Duration.ofMinutes(10);
    static final Duration DEFAULT_WAIT = Duration.ofHours(6);
    /** The shortest pause that an author may set: the query runs for every waiting run of every tenant. */
    static final Duration MIN_EVERY = Duration.ofSeconds(10);
    /** The longest wait that an author may set: after a week the next run is due. */
    static final Duration MAX_WAIT = Duration.ofDays(7);

    public ReadinessQuery {
        query = query.withDefaultTimeout(TIMEOUT);
    }

    /** The longest wait as messages show it: {@code 6h}, {@code 1h30m}. */
    public String longestText() {
        return DurationText.of(longest);
    }
}
