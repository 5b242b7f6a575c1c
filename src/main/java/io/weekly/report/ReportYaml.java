package io.weekly.report;

import io.weekly.report.BrokenDefinition.Fault;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads report.yaml, and names the line of whatever it does not understand. Trap: it stays with YAML's nodes and constructs no objects,
 * since only nodes know their lines and since tags in a YAML file may name classes.
 */
final class ReportYaml {
    static final String FILE = "report.yaml";
    private static final Set<String> FORMATS = Set.of("pdf", "xlsx", "csv");

    private final List<Fault> faults;
    String title = "";
    String description = "";
    List<String> formats = List.of("pdf");
    final Map<String, String> subjects = new LinkedHashMap<>();
    final Map<String, Integer> rowLimits = new HashMap<>();
    final Set<String> global = new HashSet<>();
    final Map<String, Integer> datasetLines = new LinkedHashMap<>();
    /** A value may begin on the line after its key. */
    private final Map<Node, Integer> keyLines = new IdentityHashMap<>();

    private ReportYaml(List<Fault> faults) {
        this.faults = faults;
    }

    static ReportYaml parse(String text, List<Fault> faults) {
        ReportYaml yaml = new ReportYaml(faults);
        try {
            yaml.read(new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            faults.add(new Fault(FILE, line, "is not YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            faults.add(new Fault(FILE, 0, "is not YAML: " + e.getMessage()));
        }
        return yaml;
    }

    private void read(Node root) {
        entries(root).forEach((key, value) -> {
            switch (key) {
                case "title" -> title = text(value);
                case "description" -> description = text(value);
                case "formats" -> formats = formats(value);
                case "mail" -> mail(value);
                case "datasets" -> entries(value).forEach(this::dataset);
                default -> unknown(value, key, "", List.of("title", "description", "formats", "mail", "datasets"));
            }
        });
        if (title.isBlank()) {
            faults.add(new Fault(FILE, 0, "title is missing"));
        }
        if (subjects.isEmpty()) {
            faults.add(new Fault(FILE, 0, "mail.subject is missing"));
        }
    }

    private List<String> formats(Node node) {
        List<String> formats = new ArrayList<>();
        if (!(node instanceof SequenceNode list)) {
            fault(node, "formats is a list, as in [pdf, csv]");
            return List.of("pdf");
        }
        for (Node item : list.getValue()) {
            String format = text(item);
            if (FORMATS.contains(format)) {
                formats.add(format);
            } else {
                fault(item, "unknown format " + format + Spelling.hint(format, FORMATS) + " (known: pdf, xlsx, csv)");
            }
        }
        return formats;
    }

    private void mail(Node node) {
        entries(node).forEach((key, value) -> {
            if (!key.equals("subject")) {
                unknown(value, key, "mail", List.of("subject"));
            } else if (value instanceof MappingNode) {
                entries(value).forEach((language, subject) -> {
                    Languages.fault(language).ifPresent(reason -> fault(subject, reason));
                    subjects.put(language, text(subject));
                });
            } else {
                subjects.put("", text(value));
            }
        });
    }

    private void dataset(String name, Node node) {
        datasetLines.put(name, keyLines.getOrDefault(node, line(node)));
        entries(node).forEach((key, value) -> {
            switch (key) {
                case "rows" -> rowLimits.put(name, rows(value));
                case "scope" -> {
                    if (text(value).equals("global")) {
                        global.add(name);
                    } else {
                        fault(value, "scope is global or not given, not " + text(value));
                    }
                }
                default -> unknown(value, key, "datasets." + name, List.of("rows", "scope"));
            }
        });
    }

    private int rows(Node node) {
        try {
            int rows = Integer.parseInt(text(node));
            if (rows > 0) {
                return rows;
            }
        } catch (NumberFormatException _) {
            // told below, with the line
        }
        fault(node, "rows is a whole number above 0, not " + text(node));
        return Dataset.DEFAULT_ROW_LIMIT;
    }

    private Map<String, Node> entries(Node node) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            faults.add(new Fault(FILE, node == null ? 0 : line(node), "keys with values are expected here"));
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

    private String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        fault(node, "a text is expected here");
        return "";
    }

    /** {@code within} is where the key stands, as in {@code mail}; empty for the top. */
    private void unknown(Node value, String key, String within, List<String> known) {
        faults.add(new Fault(FILE, keyLines.getOrDefault(value, line(value)), "unknown key %s%s%s (known: %s)".formatted(
                within.isEmpty() ? "" : within + ".", key, Spelling.hint(key, known), String.join(", ", known))));
    }

    private void fault(Node node, String reason) {
        faults.add(new Fault(FILE, line(node), reason));
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
