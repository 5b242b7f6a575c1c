package io.weekly.source;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the datasets of a report answered. Nobody changes it: one may serve all the reports of a run.
 *
 * @param datasets the rows of each dataset by its name, as {@link ReportPage#of} wants them
 * @param asOf the moment of the database's snapshot that they were read from; the oldest, where they are of more than one
 * @param bytes roughly what they take in memory
 */
public record Figures(Map<String, List<Map<String, Object>>> datasets, Instant asOf, long bytes) {

    public Figures {
        datasets = Map.copyOf(datasets);
    }

    Figures and(Figures others) {
        var all = new HashMap<>(datasets);
        all.putAll(others.datasets);
        return new Figures(all, asOf.isBefore(others.asOf) ? asOf : others.asOf, bytes + others.bytes);
    }
}
