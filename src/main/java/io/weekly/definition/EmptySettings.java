package io.weekly.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The settings under {@code empty} in a report.yaml. */
final class EmptySettings {
    private final YamlNodes yaml;
    /** The datasets of {@code empty.when} and their lines; empty if all datasets are meant. */
    final Map<String, Integer> datasetLines = new LinkedHashMap<>();
    WhenEmpty.Then then = WhenEmpty.Then.SEND;

    EmptySettings(YamlNodes yaml) {
        this.yaml = yaml;
    }

    void read(Node node) {
        yaml.entries(node).forEach((key, value) -> {
            switch (key) {
                case "when" -> when(value);
                case "then" -> WhenEmpty.Then.of(yaml.text(value)).ifPresentOrElse(
                        it -> then = it, () -> yaml.fault(value, "empty.then must be send, skip or note, not " + yaml.text(value)));
                default -> yaml.unknown(value, key, "empty", List.of("when", "then"));
            }
        });
    }

    private void when(Node node) {
        if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
            yaml.fault(node, "empty.when must be a list of datasets such as [kpis]; leave it out to mean all of them");
            return;
        }
        list.getValue().forEach(item -> datasetLines.put(yaml.text(item), YamlNodes.line(item)));
    }
}
