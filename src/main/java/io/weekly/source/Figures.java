package io.weekly.source;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a report's datasets. Immutable, because all reports of a run may share them.
 *
 * @param datasets dataset name → rows, as {@link io.weekly.definition.ReportPage#of} takes them
 * @param asOf the moment of the snapshot; the oldest moment if there were several snapshots
 * @param bytes their size in memory, roughly
 */
public record Figures(Map<String, List<Map<String, Object>>> datasets, Instant asOf, long bytes) {

    public Figures {
        datasets = Map.copyOf(datasets);
    }

    /** These figures and the others together. */
    Figures and(Figures others) {
        var all = new HashMap<>(datasets);
        all.putAll(others.datasets);
        return new Figures(all, asOf.isBefore(others.asOf) ? asOf : others.asOf, bytes + others.bytes);
    }
}
