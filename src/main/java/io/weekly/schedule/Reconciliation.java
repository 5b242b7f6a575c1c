package io.weekly.schedule;

import java.time.Instant;
import java.util.List;

/**
 * Compares the schedules that should have fired in a week with the runs that exist.
 *
 * @param expected how many schedules should have fired by now
 * @param fired how many of them have a run
 * @param missing those without a run, at most 1,000
 * @param nothingDue those whose run has no report, and why; at most 1,000
 */
public record Reconciliation(long expected, long fired, List<Missing> missing, List<NothingDue> nothingDue) {

    /**
     * A schedule that should have fired and has no run.
     *
     * @param schedule its id
     * @param dueAt when it should have fired
     */
    public record Missing(String schedule, String tenant, String definition, Instant dueAt) {}

    /**
     * A schedule that fired and had nothing to send.
     *
     * @param schedule its id
     * @param run the id of its run
     */
    public record NothingDue(String schedule, String tenant, String definition, String run, String reason) {}
}
