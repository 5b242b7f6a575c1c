package io.weekly.report;

import io.weekly.render.ColumnFormat;
import io.weekly.report.BrokenDefinition.Fault;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads report.yaml, and names the line of whatever it does not understand. Trap: it stays with YAML's nodes and constructs no objects,
 * since only nodes know their lines and since tags in a YAML file may name classes.
 */
final class ReportYaml {
    static final String FILE = "report.yaml";
    private static final Set<String> FORMATS = Set.of("pdf", "xlsx", "csv");

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);
    private static final Pattern PARAMETER = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,30}\\.[0-9]{1,30}");

    private final List<Fault> faults;
    String title = "";
    String description = "";
    List<String> formats = List.of("pdf");
    final Map<String, String> subjects = new LinkedHashMap<>();
    final Map<String, Integer> rowLimits = new HashMap<>();
    final Map<String, Duration> timeouts = new HashMap<>();
    final Map<String, Object> parameters = new LinkedHashMap<>();
    final Set<String> global = new HashSet<>();
    final Set<String> withoutSheet = new HashSet<>();
    final Map<String, Map<String, ColumnFormat>> columns = new HashMap<>();
    final Map<String, Integer> datasetLines = new LinkedHashMap<>();
    /** A value may begin on the line after its key. */
    private final Map<Node, Integer> keyLines = new IdentityHashMap<>();
    String readinessQuery = "";
    int readinessLine;
    Duration readinessEvery = ReadinessQuery.DEFAULT_EVERY;
    Duration readinessWait = ReadinessQuery.DEFAULT_WAIT;
    final Map<String, Integer> emptyDatasets = new LinkedHashMap<>();
    WhenEmpty.Then emptyThen = WhenEmpty.Then.SEND;

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
                case "parameters" -> entries(value).forEach(this::parameter);
                case "datasets" -> entries(value).forEach(this::dataset);
                case "readiness" -> readiness(value);
                case "empty" -> empty(value);
                default -> unknown(value, key, "",
                        List.of("title", "description", "formats", "mail", "parameters", "datasets", "readiness", "empty"));
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
                case "timeout" -> timeout(value).ifPresent(timeout -> timeouts.put(name, timeout));
                case "scope" -> {
                    if (text(value).equals("global")) {
                        global.add(name);
                    } else {
                        fault(value, "scope is global or not given, not " + text(value));
                    }
                }
                case "sheet" -> sheet(name, value);
                case "columns" -> columns.put(name, columns(value));
                default -> unknown(value, key, "datasets." + name, List.of("rows", "timeout", "scope", "sheet", "columns"));
            }
        });
    }

    private void sheet(String name, Node node) {
        switch (text(node)) {
            case "true" -> withoutSheet.remove(name);
            case "false" -> withoutSheet.add(name);
            default -> fault(node, "sheet is true or false, not " + text(node));
        }
    }

    private Map<String, ColumnFormat> columns(Node node) {
        Map<String, ColumnFormat> formats = new LinkedHashMap<>();
        entries(node).forEach((column, value) -> ColumnFormat.of(text(value)).ifPresentOrElse(
                format -> formats.put(column.toLowerCase(Locale.ROOT), format),
                () -> fault(value, "unknown format " + text(value) + " of column " + column + " (known: " + ColumnFormat.known() + ")")));
        return formats;
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

    private void readiness(Node node) {
        readinessLine = line(node);
        entries(node).forEach((key, value) -> {
            switch (key) {
                case "query" -> readinessQuery = text(value);
                case "every" -> {
                    readinessEvery = duration(key, value, ReadinessQuery.DEFAULT_EVERY);
                    if (readinessEvery.compareTo(ReadinessQuery.SHORTEST_EVERY) < 0) {
                        fault(value, "readiness.every is at least 10s");
                    }
                }
                case "wait" -> {
                    readinessWait = duration(key, value, ReadinessQuery.DEFAULT_WAIT);
                    if (readinessWait.compareTo(ReadinessQuery.LONGEST_WAIT) > 0) {
                        fault(value, "readiness.wait is at most 7d");
                    }
                }
                default -> unknown(value, key, "readiness", List.of("query", "every", "wait"));
            }
        });
        if (readinessQuery.isBlank()) {
            fault(node, "readiness.query is missing: the name of an .sql file without its ending, as in {query: ready}");
        }
        if (readinessEvery.compareTo(readinessWait) > 0) {
            fault(node, "readiness.every is longer than readiness.wait, so nothing would be asked twice");
        }
    }

    /** The file of the readiness query, or nothing. */
    String readinessFile() {
        return readinessQuery.isBlank() ? "" : readinessQuery + ".sql";
    }

    private Duration duration(String key, Node node, Duration otherwise) {
        return duration(node).orElseGet(() -> {
            fault(node, key + " is a duration such as 30s, 10m, 6h or 2d, not " + text(node));
            return otherwise;
        });
    }

    private Optional<Duration> duration(Node node) {
        Matcher duration = DURATION.matcher(text(node).strip());
        return duration.matches()
                ? Optional.of(Duration.of(Long.parseLong(duration.group(1)), UNITS.get(duration.group(2))))
                : Optional.empty();
    }

    private void empty(Node node) {
        entries(node).forEach((key, value) -> {
            switch (key) {
                case "when" -> emptyWhen(value);
                case "then" -> WhenEmpty.Then.of(text(value)).ifPresentOrElse(
                        then -> emptyThen = then, () -> fault(value, "empty.then is send, skip or note, not " + text(value)));
                default -> unknown(value, key, "empty", List.of("when", "then"));
            }
        });
    }

    private void emptyWhen(Node node) {
        if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
            fault(node, "empty.when is a list of datasets, as in [kpis]; left out it means all of them");
            return;
        }
        list.getValue().forEach(item -> emptyDatasets.put(text(item), line(item)));
    }

    private Optional<Duration> timeout(Node node) {
        var timeout = duration(node).filter(Duration::isPositive);
        if (timeout.isEmpty()) {
            fault(node, "timeout is a time above 0 such as 500ms, 20s or 2m, not " + text(node));
        }
        return timeout;
    }

    private void parameter(String name, Node node) {
        if (!PARAMETER.matcher(name).matches()) {
            fault(node, "a parameter is named in small letters, digits and _, not " + name);
        } else if (Dataset.isBuiltIn(name)) {
            fault(node, "the parameter " + name + " would hide the one of that name that every dataset has");
        } else {
            constant(name, node).ifPresent(value -> parameters.put(name, value));
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
        fault(node, "the parameter " + name + " is a text, a whole number or a decimal; a text that looks like something else needs quotes");
        return Optional.empty();
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
