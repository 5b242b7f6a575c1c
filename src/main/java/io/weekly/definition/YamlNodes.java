package io.weekly.definition;

import io.weekly.definition.BrokenDefinition.Fault;
import io.weekly.text.Spelling;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads the nodes of a report.yaml. Trap: it never lets the YAML library construct objects from the nodes. Objects do not have line
 * numbers, and a tag in a YAML file could name any class to construct.
 */
final class YamlNodes {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private final List<Fault> faults;
    /** The line of each value's key: a value may start on a later line than its key. */
    private final Map<Node, Integer> keyLines = new IdentityHashMap<>();

    YamlNodes(List<Fault> faults) {
        this.faults = faults;
    }

    /**
     * Keys and their values, in the order of the file.
     *
     * @param node null for an empty file
     */
    Map<String, Node> entries(@Nullable Node node) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            faults.add(new Fault(ReportYaml.FILE, node == null ? 0 : line(node), "keys with values are expected here"));
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode());
            keyLines.put(tuple.getValueNode(), line(tuple.getKeyNode()));
            if (entries.put(key, tuple.getValueNode()) != null) {
                fault(tuple.getKeyNode(), "duplicate key " + key);
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

    /** A text that is not blank. Trap: to YAML, {@code ~}, {@code null} and no value are no texts, though they have a text value. */
    String nonBlank(String key, Node node) {
        String text = isNull(node) ? "" : text(node);
        if (node instanceof ScalarNode && text.isBlank()) {
            fault(node, key + " is empty");
        }
        return text;
    }

    static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    /** A duration such as 500ms, 30s, 10m, 6h or 2d. Empty for any other text; the caller reports that. */
    Optional<Duration> duration(Node node) {
        Matcher duration = DURATION.matcher(text(node).strip());
        return duration.matches()
                ? Optional.of(Duration.of(Long.parseLong(duration.group(1)), unit(duration.group(2))))
                : Optional.empty();
    }

    private static ChronoUnit unit(String text) {
        return switch (text) {
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            default -> ChronoUnit.DAYS;
        };
    }

    /** Reports an unknown key. {@code within} is the key above it, such as {@code mail}; empty at the top level. */
    void unknown(Node value, String key, String within, List<String> known) {
        faults.add(new Fault(ReportYaml.FILE, keyLine(value), "unknown key %s%s%s (known: %s)".formatted(
                within.isEmpty() ? "" : within + ".", key, Spelling.hint(key, known), String.join(", ", known))));
    }

    /** The line of a value's key, or of the value itself if it has none. */
    int keyLine(Node value) {
        return keyLines.getOrDefault(value, line(value));
    }

    void fault(Node node, String reason) {
        faults.add(new Fault(ReportYaml.FILE, line(node), reason));
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
