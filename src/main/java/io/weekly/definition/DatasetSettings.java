package io.weekly.definition;

import io.weekly.render.sheet.ColumnFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** The settings under {@code datasets} in a report.yaml, by dataset. Whatever is absent has its default. */
final class DatasetSettings {
    private final YamlNodes yaml;
    private final Map<String, Integer> rowLimits = new HashMap<>();
    private final Map<String, Duration> timeouts = new HashMap<>();
    private final Set<String> global = new HashSet<>();
    private final Set<String> withoutSheet = new HashSet<>();
    private final Map<String, Map<String, ColumnFormat>> columns = new HashMap<>();
    /** The line of each dataset's key, in the order of the file. */
    final Map<String, Integer> lines = new LinkedHashMap<>();

    DatasetSettings(YamlNodes yaml) {
        this.yaml = yaml;
    }

    void read(String name, Node node) {
        lines.put(name, yaml.keyLine(node));
        yaml.entries(node).forEach((key, value) -> {
            switch (key) {
                case "rows" -> rowLimits.put(name, rows(value));
                case "timeout" -> timeout(value).ifPresent(timeout -> timeouts.put(name, timeout));
                case "scope" -> scope(name, value);
                case "sheet" -> sheet(name, value);
                case "columns" -> columns.put(name, columns(value));
                default -> yaml.unknown(value, key, "datasets." + name, List.of("rows", "timeout", "scope", "sheet", "columns"));
            }
        });
    }

    private int rows(Node node) {
        try {
            int rows = Integer.parseInt(yaml.text(node));
            if (rows > 0) {
                return rows;
            }
        } catch (NumberFormatException _) {
            // reported below, with its line
        }
        yaml.fault(node, "rows must be a whole number above 0, not " + yaml.text(node));
        return Dataset.DEFAULT_ROW_LIMIT;
    }

    private Optional<Duration> timeout(Node node) {
        var timeout = yaml.duration(node).filter(Duration::isPositive);
        if (timeout.isEmpty()) {
            yaml.fault(node, "timeout must be a duration above 0, such as 500ms, 20s or 2m, not " + yaml.text(node));
        }
        return timeout;
    }

    private void scope(String name, Node node) {
        if (yaml.text(node).equals("global")) {
            global.add(name);
        } else {
            yaml.fault(node, "scope must be global or left out, not " + yaml.text(node));
        }
    }

    private void sheet(String name, Node node) {
        switch (yaml.text(node)) {
            case "true" -> withoutSheet.remove(name);
            case "false" -> withoutSheet.add(name);
            default -> yaml.fault(node, "sheet must be true or false, not " + yaml.text(node));
        }
    }

    private Map<String, ColumnFormat> columns(Node node) {
        Map<String, ColumnFormat> formats = new LinkedHashMap<>();
        yaml.entries(node).forEach((column, value) -> ColumnFormat.of(yaml.text(value)).ifPresentOrElse(
                format -> formats.put(column.toLowerCase(Locale.ROOT), format),
                () -> yaml.fault(value, "unknown format %s of column %s (known: %s)".formatted(
                        yaml.text(value), column, ColumnFormat.known()))));
        return formats;
    }

    boolean isGlobal(String name) {
        return global.contains(name);
    }

    /** A dataset with its settings. */
    Dataset dataset(String name, String sql, String statement, List<String> parameters) {
        return new Dataset(name, sql, statement, parameters, rowLimits.getOrDefault(name, Dataset.DEFAULT_ROW_LIMIT), timeouts.get(name),
                !withoutSheet.contains(name), columns.getOrDefault(name, Map.of()));
    }
}
