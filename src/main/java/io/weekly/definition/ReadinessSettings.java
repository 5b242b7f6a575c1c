package io.weekly.definition;

import java.time.Duration;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** The settings under {@code readiness} in a report.yaml. */
final class ReadinessSettings {
    private final YamlNodes yaml;
    /** Empty if there is no readiness query. */
    String query = "";
    int line;
    Duration every = ReadinessQuery.DEFAULT_EVERY;
    Duration wait = ReadinessQuery.DEFAULT_WAIT;

    ReadinessSettings(YamlNodes yaml) {
        this.yaml = yaml;
    }

    void read(Node node) {
        line = YamlNodes.line(node);
        yaml.entries(node).forEach((key, value) -> {
            switch (key) {
                case "query" -> query = yaml.text(value);
                case "every" -> {
                    every = duration(key, value, ReadinessQuery.DEFAULT_EVERY);
                    if (every.compareTo(ReadinessQuery.MIN_EVERY) < 0) {
                        yaml.fault(value, "readiness.every must be at least 10s");
                    }
                }
                case "wait" -> {
                    wait = duration(key, value, ReadinessQuery.DEFAULT_WAIT);
                    if (wait.compareTo(ReadinessQuery.MAX_WAIT) > 0) {
                        yaml.fault(value, "readiness.wait must be at most 7d");
                    }
                }
                default -> yaml.unknown(value, key, "readiness", List.of("query", "every", "wait"));
            }
        });
        if (query.isBlank()) {
            yaml.fault(node, "readiness.query is missing; set it to the name of an .sql file without .sql, as in {query: ready}");
        }
        if (every.compareTo(wait) > 0) {
            yaml.fault(node, "readiness.every is longer than readiness.wait, so the query would run only once");
        }
    }

    private Duration duration(String key, Node node, Duration otherwise) {
        return yaml.duration(node).orElseGet(() -> {
            yaml.fault(node, "readiness." + key + " must be a duration such as 30s, 10m, 6h or 2d, not " + yaml.text(node));
            return otherwise;
        });
    }

    /** The file of the readiness query; empty if there is none. */
    String file() {
        return query.isBlank() ? "" : query + ".sql";
    }
}
