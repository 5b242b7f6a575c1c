package io.weekly.owner;

import io.weekly.report.ReportStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A run of a schedule in a digest.
 *
 * @param owner the address of the schedule's owner now
 * @param counts how many of its reports have each status
 */
record DigestRun(
        String id, String schedule, String owner, String definition, String period, int revision, int due, Instant startedAt,
        Map<ReportStatus, Integer> counts) {

    /** The problems that a digest lists, in the order of the letter. */
    static final List<ReportStatus> PROBLEMS =
            List.of(ReportStatus.FAILED, ReportStatus.BOUNCED, ReportStatus.UNKNOWN, ReportStatus.SUPPRESSED);

    DigestRun with(Map<ReportStatus, Integer> others) {
        return new DigestRun(id, schedule, owner, definition, period, revision, due, startedAt, others);
    }

    int count(ReportStatus status) {
        return counts.getOrDefault(status, 0);
    }

    /** How many of its reports have problems. */
    int problems() {
        return PROBLEMS.stream().mapToInt(this::count).sum();
    }
}
