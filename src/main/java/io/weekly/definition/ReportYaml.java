package io.weekly.definition;

import io.weekly.definition.BrokenDefinition.Fault;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads report.yaml, and names the line of whatever it does not understand. */
final class ReportYaml {
    static final String FILE = "report.yaml";
    private static final Set<String> FORMATS = Set.of("pdf", "xlsx", "csv");

    private static final Pattern PARAMETER = Pattern.compile("[a-z][a-z0-9_]*");
    /** Without leading zeros: to YAML 010 is eight, and whoever writes it may as well mean a postcode. */
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,29})\\.[0-9]{1,30}");

    private final List<Fault> faults;
    private final YamlNodes yaml;
    final DatasetSettings datasets;
    String title = "";
    String description = "";
    List<String> formats = List.of("pdf");
    final Map<String, String> subjects = new LinkedHashMap<>();
    final Map<String, Integer> subjectLines = new LinkedHashMap<>();
    final Map<String, Object> parameters = new LinkedHashMap<>();
    String readinessQuery = "";
    int readinessLine;
    Duration readinessEvery = ReadinessQuery.DEFAULT_EVERY;
    Duration readinessWait = ReadinessQuery.DEFAULT_WAIT;
    final Map<String, Integer> emptyDatasets = new LinkedHashMap<>();
    WhenEmpty.Then emptyThen = WhenEmpty.Then.SEND;

    private boolean isRead;
    private boolean isSound;

    private ReportYaml(List<Fault> faults) {
        this.faults = faults;
        this.yaml = new YamlNodes(faults);
        this.datasets = new DatasetSettings(yaml);
    }

    /** {@code text}: empty where there is none; that was told. */
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

    /** Whether it says anything: where not, nobody knows which parameters there are, or what may be global. */
    boolean isRead() {
        return isRead;
    }

    /** Whether all that it says was understood. */
    boolean isSound() {
        return isSound;
    }

    private void read(Node root) {
        Map<String, Node> entries = yaml.entries(root);
        isRead = root instanceof MappingNode;
        if (!isRead) {
            return;
        }
        entries.forEach((key, value) -> {
            switch (key) {
                case "title" -> title = yaml.words(key, value);
                case "description" -> description = YamlNodes.isNull(value) ? "" : yaml.text(value);
                case "formats" -> formats = formats(value);
                case "mail" -> mail(value);
                case "parameters" -> yaml.entries(value).forEach(this::parameter);
                case "datasets" -> yaml.entries(value).forEach(datasets::read);
                case "readiness" -> readiness(value);
                case "empty" -> empty(value);
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
            yaml.fault(node, "formats is a list, as in [pdf, csv]");
            return List.of("pdf");
        }
        if (list.getValue().isEmpty()) {
            yaml.fault(node, "formats is empty; left out it means pdf");
        }
        for (Node item : list.getValue()) {
            String format = yaml.text(item);
            if (formats.contains(format)) {
                yaml.fault(item, "the format " + format + " is there twice");
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
        subjects.put(language, yaml.words(language.isEmpty() ? "mail.subject" : "mail.subject." + language, node));
        subjectLines.put(language, YamlNodes.line(node));
    }

    private void readiness(Node node) {
        readinessLine = YamlNodes.line(node);
        yaml.entries(node).forEach((key, value) -> {
            switch (key) {
                case "query" -> readinessQuery = yaml.text(value);
                case "every" -> {
                    readinessEvery = duration(key, value, ReadinessQuery.DEFAULT_EVERY);
                    if (readinessEvery.compareTo(ReadinessQuery.SHORTEST_EVERY) < 0) {
                        yaml.fault(value, "readiness.every is at least 10s");
                    }
                }
                case "wait" -> {
                    readinessWait = duration(key, value, ReadinessQuery.DEFAULT_WAIT);
                    if (readinessWait.compareTo(ReadinessQuery.LONGEST_WAIT) > 0) {
                        yaml.fault(value, "readiness.wait is at most 7d");
                    }
                }
                default -> yaml.unknown(value, key, "readiness", List.of("query", "every", "wait"));
            }
        });
        if (readinessQuery.isBlank()) {
            yaml.fault(node, "readiness.query is missing: the name of an .sql file without its ending, as in {query: ready}");
        }
        if (readinessEvery.compareTo(readinessWait) > 0) {
            yaml.fault(node, "readiness.every is longer than readiness.wait, so nothing would be asked twice");
        }
    }

    /** The file of the readiness query, or nothing. */
    String readinessFile() {
        return readinessQuery.isBlank() ? "" : readinessQuery + ".sql";
    }

    private Duration duration(String key, Node node, Duration otherwise) {
        return yaml.duration(node).orElseGet(() -> {
            yaml.fault(node, key + " is a duration such as 30s, 10m, 6h or 2d, not " + yaml.text(node));
            return otherwise;
        });
    }

    private void empty(Node node) {
        yaml.entries(node).forEach((key, value) -> {
            switch (key) {
                case "when" -> emptyWhen(value);
                case "then" -> WhenEmpty.Then.of(yaml.text(value)).ifPresentOrElse(
                        then -> emptyThen = then, () -> yaml.fault(value, "empty.then is send, skip or note, not " + yaml.text(value)));
                default -> yaml.unknown(value, key, "empty", List.of("when", "then"));
            }
        });
    }

    private void emptyWhen(Node node) {
        if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
            yaml.fault(node, "empty.when is a list of datasets, as in [kpis]; left out it means all of them");
            return;
        }
        list.getValue().forEach(item -> emptyDatasets.put(yaml.text(item), YamlNodes.line(item)));
    }

    private void parameter(String name, Node node) {
        if (!PARAMETER.matcher(name).matches()) {
            yaml.fault(node, "a parameter is named in small letters, digits and _, not " + name);
        } else if (Dataset.isBuiltIn(name)) {
            yaml.fault(node, "the parameter " + name + " would hide the one of that name that every dataset has");
        } else {
            parameters.put(name, constant(name, node).orElse("")); // known even where its value was refused
        }
    }

    /** YAML takes an unquoted NO, null or 2026-11-23 for something else than a text; an author who means the text is to say so. */
    private Optional<Object> constant(String name, Node node) {
        if (node instanceof ScalarNode scalar) {
            var text = scalar.getValue();
            if (scalar.getTag().equals(Tag.STR)) {
                return Optional.of(text);
            }
            if (scalar.getTag().equals(Tag.INT) && WHOLE.matcher(text).matches()) {
                return Optional.of(Long.valueOf(text));
            }
            if (scalar.getTag().equals(Tag.FLOAT) && DECIMAL.matcher(text).matches()) {
                return Optional.of(new BigDecimal(text));
            }
        }
        yaml.fault(node, "the parameter " + name + " is a text, a whole number or a decimal; a text that looks like something else needs quotes");
        return Optional.empty();
    }
}
