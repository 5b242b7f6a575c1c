package io.weekly.source;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of a report's datasets. Immutable, because all reports of a run may share them.
 *
 * @param datasets dataset name → rows, as {@link io.weekly.definition.ReportPage#of} takes them
 * @param years dataset name → names of its columns of the type YEAR. A sheet must not write their numbers like an amount
 * @param asOf the moment of the snapshot; the oldest moment if there were several snapshots
 * @param bytes their size in memory, roughly
 */
public record Figures(
        Map<String, List<Map<String, Object>>> datasets, Map<String, Set<String>> years, Instant asOf, long bytes) {

    public Figures {
        datasets = Map.copyOf(datasets);
        years = Map.copyOf(years);
    }

    /** These figures and the others together. */
    Figures and(Figures others) {
        return new Figures(
                together(datasets, others.datasets), together(years, others.years),
                asOf.isBefore(others.asOf) ? asOf : others.asOf, bytes + others.bytes);
    }

    private static <T> Map<String, T> together(Map<String, T> some, Map<String, T> others) {
        var all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }
}
