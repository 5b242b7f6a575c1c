package io.weekly.schedule;

import java.time.Instant;
import java.util.List;

/**
 * Compares the schedules that should have fired in a week with the runs that exist.
 *
 * @param expected how many schedules should have fired by now
 * @param fired how many of them have a run
 * @param missing those without a run, at most 1,000
 */
public record Reconciliation(long expected, long fired, List<Missing> missing) {

    /**
     * A schedule that should have fired and has no run.
     *
     * @param schedule its id
     * @param dueAt when it should have fired
     */
    public record Missing(String schedule, String tenant, String definition, Instant dueAt) {}
}
