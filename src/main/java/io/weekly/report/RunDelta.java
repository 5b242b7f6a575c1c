package io.weekly.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a run's counters: by how much its number of reports in one status grows or shrinks.
 *
 * @param delta negative if the number shrinks
 */
public record RunDelta(int tenantId, String runId, ReportStatus status, int delta) {

    /** The sums of many changes, without zeros. Reports that belong to no run do not count. */
    static List<RunDelta> of(List<ReportChange> changes) {
        return sums(changes.stream()
                .flatMap(change -> of(change.of().tenant().id(), change.of().runId(), change.from(), change.to()).stream())
                .toList());
    }

    /** One row for each counter, without zeros. */
    static List<RunDelta> sums(List<RunDelta> deltas) {
        Map<Key, Integer> sums = new HashMap<>();
        deltas.forEach(delta -> sums.merge(new Key(delta.tenantId(), delta.runId(), delta.status()), delta.delta(), Integer::sum));
        return sums.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> new RunDelta(
                        entry.getKey().tenantId(), entry.getKey().runId(), entry.getKey().status(), entry.getValue()))
                .toList();
    }

    /**
     * One report's change of status.
     *
     * @param runId null if the report belongs to no run; then the list is empty
     */
    static List<RunDelta> of(int tenantId, @Nullable String runId, ReportStatus from, ReportStatus to) {
        return runId == null || from == to
                ? List.of()
                : List.of(new RunDelta(tenantId, runId, from, -1), new RunDelta(tenantId, runId, to, 1));
    }

    private record Key(int tenantId, String runId, ReportStatus status) {}
}
