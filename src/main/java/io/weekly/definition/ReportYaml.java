package io.weekly.definition;

import io.weekly.definition.BrokenDefinition.Fault;
import io.weekly.text.Spelling;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads report.yaml. Every fault names its line. */
final class ReportYaml {
    static final String FILE = "report.yaml";
    private static final Set<String> FORMATS = Set.of("pdf", "xlsx", "csv");

    private final List<Fault> faults;
    private final YamlNodes yaml;
    final DatasetSettings datasets;
    final ReadinessSettings readiness;
    final EmptySettings empty;
    /** The definition's constants by name: String, Long or BigDecimal. */
    final Map<String, Object> parameters;
    String title = "";
    String description = "";
    List<String> formats = List.of("pdf");
    /** By language tag; {@code ""} for a subject without a language. */
    final Map<String, String> subjects = new LinkedHashMap<>();
    final Map<String, Integer> subjectLines = new LinkedHashMap<>();

    private boolean isRead;
    private boolean isSound;

    private ReportYaml(List<Fault> faults) {
        this.faults = faults;
        this.yaml = new YamlNodes(faults);
        this.datasets = new DatasetSettings(yaml);
        this.readiness = new ReadinessSettings(yaml);
        this.empty = new EmptySettings(yaml);
        this.parameters = new LinkedHashMap<>();
    }

    /**
     * Reads the text and adds its faults.
     *
     * @param text empty if the file is missing; the caller has reported that
     */
    static ReportYaml parse(Optional<String> text, List<Fault> faults) {
        ReportYaml report = new ReportYaml(faults);
        int before = faults.size();
        try {
            text.ifPresent(yaml -> report.read(new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml))));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            faults.add(new Fault(FILE, line, "is not YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            faults.add(new Fault(FILE, 0, "is not YAML: " + e.getMessage()));
        }
        report.isSound = report.isRead && faults.size() == before;
        return report;
    }

    /** Whether the file has any content. If not, the parameters and the global datasets are unknown. */
    boolean isRead() {
        return isRead;
    }

    /** Whether it was read without a fault. */
    boolean isSound() {
        return isSound;
    }

    private void read(@Nullable Node root) {
        Map<String, Node> entries = yaml.entries(root);
        isRead = root instanceof MappingNode;
        if (!isRead) {
            return;
        }
        entries.forEach((key, value) -> {
            switch (key) {
                case "title" -> title = yaml.nonBlank(key, value);
                case "description" -> description = YamlNodes.isNull(value) ? "" : yaml.text(value);
                case "formats" -> formats = formats(value);
                case "mail" -> mail(value);
                case "parameters" -> parameters.putAll(new ParameterSettings(yaml).read(value));
                case "datasets" -> yaml.entries(value).forEach(datasets::read);
                case "readiness" -> readiness.read(value);
                case "empty" -> empty.read(value);
                default -> yaml.unknown(value, key, "",
                        List.of("title", "description", "formats", "mail", "parameters", "datasets", "readiness", "empty"));
            }
        });
        if (!entries.containsKey("title")) {
            faults.add(new Fault(FILE, 0, "title is missing"));
        }
        if (subjects.isEmpty()) {
            faults.add(new Fault(FILE, 0, "mail.subject is missing"));
        }
    }

    private List<String> formats(Node node) {
        List<String> formats = new ArrayList<>();
        if (!(node instanceof SequenceNode list)) {
            yaml.fault(node, "formats must be a list such as [pdf, csv]");
            return List.of("pdf");
        }
        if (list.getValue().isEmpty()) {
            yaml.fault(node, "formats is empty; leave it out for pdf alone");
        }
        for (Node item : list.getValue()) {
            String format = yaml.text(item);
            if (formats.contains(format)) {
                yaml.fault(item, "duplicate format " + format);
            } else if (FORMATS.contains(format)) {
                formats.add(format);
            } else {
                yaml.fault(item, "unknown format " + format + Spelling.hint(format, FORMATS) + " (known: pdf, xlsx, csv)");
            }
        }
        return formats;
    }

    private void mail(Node node) {
        yaml.entries(node).forEach((key, value) -> {
            if (!key.equals("subject")) {
                yaml.unknown(value, key, "mail", List.of("subject"));
            } else if (value instanceof MappingNode) {
                yaml.entries(value).forEach((language, subject) -> {
                    Languages.fault(language).ifPresent(reason -> yaml.fault(subject, reason));
                    subject(language, subject);
                });
            } else {
                subject("", value);
            }
        });
    }

    private void subject(String language, Node node) {
        subjects.put(language, yaml.nonBlank(language.isEmpty() ? "mail.subject" : "mail.subject." + language, node));
        subjectLines.put(language, YamlNodes.line(node));
    }
}
