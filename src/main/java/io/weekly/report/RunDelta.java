package io.weekly.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** By how much the reports of a run in one status have become more or fewer. */
record RunDelta(int tenantId, String runId, ReportStatus status, int delta) {

    /** The changes of a batch added up; a report that belongs to no run counts nowhere. */
    static List<RunDelta> of(List<ReportChange> changes) {
        Map<Key, Integer> deltas = new HashMap<>();
        for (var change : changes) {
            if (change.of().runId() != null && change.from() != change.to()) {
                deltas.merge(new Key(change.of().tenant().id(), change.of().runId(), change.from()), -1, Integer::sum);
                deltas.merge(new Key(change.of().tenant().id(), change.of().runId(), change.to()), 1, Integer::sum);
            }
        }
        return deltas.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> new RunDelta(
                        entry.getKey().tenantId(), entry.getKey().runId(), entry.getKey().status(), entry.getValue()))
                .toList();
    }

    /** One report's change. */
    static List<RunDelta> of(int tenantId, @Nullable String runId, ReportStatus from, ReportStatus to) {
        return runId == null || from == to
                ? List.of()
                : List.of(new RunDelta(tenantId, runId, from, -1), new RunDelta(tenantId, runId, to, 1));
    }

    private record Key(int tenantId, String runId, ReportStatus status) {}
}
