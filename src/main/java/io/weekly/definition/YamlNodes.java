package io.weekly.definition;

import io.weekly.definition.BrokenDefinition.Fault;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * What stands in a report.yaml, and on which line. Trap: it stays with YAML's nodes and constructs no objects, since only nodes know their
 * lines and since tags in a YAML file may name classes.
 */
final class YamlNodes {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

    private final List<Fault> faults;
    /** A value may begin on the line after its key. */
    private final Map<Node, Integer> keyLines = new IdentityHashMap<>();

    YamlNodes(List<Fault> faults) {
        this.faults = faults;
    }

    /** Keys and their values, in the order of the file. */
    Map<String, Node> entries(Node node) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            faults.add(new Fault(ReportYaml.FILE, node == null ? 0 : line(node), "keys with values are expected here"));
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode());
            keyLines.put(tuple.getValueNode(), line(tuple.getKeyNode()));
            if (entries.put(key, tuple.getValueNode()) != null) {
                fault(tuple.getKeyNode(), "the key " + key + " is there twice");
            }
        }
        return entries;
    }

    String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        fault(node, "a text is expected here");
        return "";
    }

    /** A text that says something. Trap: to YAML nothing, {@code ~} and {@code null} are no texts, though they read as such. */
    String words(String key, Node node) {
        String words = isNull(node) ? "" : text(node);
        if (node instanceof ScalarNode && words.isBlank()) {
            fault(node, key + " is empty");
        }
        return words;
    }

    static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    /** {@code within} is where the key stands, as in {@code mail}; empty for the top. */
    void unknown(Node value, String key, String within, List<String> known) {
        faults.add(new Fault(ReportYaml.FILE, keyLine(value), "unknown key %s%s%s (known: %s)".formatted(
                within.isEmpty() ? "" : within + ".", key, Spelling.hint(key, known), String.join(", ", known))));
    }

    void fault(Node node, String reason) {
        faults.add(new Fault(ReportYaml.FILE, line(node), reason));
    }

    /** Empty where it is none; it is not yet told then. */
    Optional<Duration> duration(Node node) {
        Matcher duration = DURATION.matcher(text(node).strip());
        return duration.matches()
                ? Optional.of(Duration.of(Long.parseLong(duration.group(1)), UNITS.get(duration.group(2))))
                : Optional.empty();
    }

    /** Where its key stands, or else itself. */
    int keyLine(Node value) {
        return keyLines.getOrDefault(value, line(value));
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
