package io.weekly.schedule;

import java.time.Instant;
import java.util.List;

/**
 * The schedules that were to fire in a week, by the calendar, against the runs that exist.
 *
 * @param expected how many were to fire until now
 * @param fired how many of them have a run
 * @param missing those that have none, the first 1,000 of them
 */
public record Reconciliation(long expected, long fired, List<Missing> missing) {

    /**
     * A schedule that was to fire and has no run.
     *
     * @param schedule its id
     * @param dueAt when it was to fire
     */
    public record Missing(String schedule, String tenant, String definition, Instant dueAt) {}
}
