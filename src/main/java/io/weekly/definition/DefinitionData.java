package io.weekly.definition;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The data part of a definition: its datasets, its constants, its readiness query, and what happens to a report without rows.
 *
 * @param parameters the definition's constants by name: String, Long or BigDecimal
 * @param datasets by name: first those that report.yaml names, in its order, then the others in the order of their file names
 * @param readiness empty if the data are always ready
 */
public record DefinitionData(
        Map<String, Object> parameters, Map<String, Dataset> datasets, Optional<ReadinessQuery> readiness, WhenEmpty whenEmpty) {

    DefinitionData only(Dataset dataset) {
        return new DefinitionData(parameters, Map.of(dataset.name(), dataset), readiness, whenEmpty);
    }

    DefinitionData withYears(Map<String, Set<String>> years) {
        var all = new LinkedHashMap<String, Dataset>();
        datasets.forEach((dataset, it) -> all.put(dataset, it.withYears(years.getOrDefault(dataset, Set.of()))));
        return new DefinitionData(parameters, all, readiness, whenEmpty);
    }
}
