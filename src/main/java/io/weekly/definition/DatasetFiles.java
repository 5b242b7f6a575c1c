package io.weekly.definition;

import io.weekly.definition.BrokenDefinition.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The .sql files of a definition, checked against what its report.yaml says of them and against what a query may ask for. */
final class DatasetFiles {
    private static final Pattern QUERY = Pattern.compile("(?is)(?:\\s|--\\s[^\\n]*\\n|#[^\\n]*\\n|/\\*.*?\\*/|\\()*(select|with)\\b.*");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    /** Literals, the data as a whole, and operators: <code>{#if null.isEmpty}</code> asks no dataset. */
    private static final Set<String> WORDS_OF_QUTE = Set.of(
            "true", "false", "null", "this", "is", "eq", "ne", "gt", "ge", "lt", "le", "and", "or");

    private final Map<String, String> files;
    private final Set<String> unread;
    private final ReportYaml yaml;
    private final List<Fault> faults;

    /** {@code unread}: files that are there, though nobody knows what they say. */
    DatasetFiles(Map<String, String> files, Set<String> unread, ReportYaml yaml, List<Fault> faults) {
        this.files = files;
        this.unread = unread;
        this.yaml = yaml;
        this.faults = faults;
    }

    Map<String, Dataset> datasets() {
        Map<String, Dataset> datasets = new LinkedHashMap<>();
        files.forEach((file, sql) -> {
            if (file.endsWith(".sql") && !file.equals(yaml.readinessFile())) {
                String dataset = file.substring(0, file.length() - 4);
                datasets.put(dataset, dataset(file, dataset, sql));
            }
        });
        yaml.datasets.lines.forEach((dataset, line) -> {
            if (!isThere(dataset + ".sql")) {
                faults.add(new Fault(ReportYaml.FILE, line, "the dataset " + dataset + " has no file " + dataset + ".sql"
                        + Spelling.hint(dataset, datasets.keySet())));
            }
        });
        if (unread.stream().anyMatch(file -> file.endsWith(".sql"))) {
            return inOrderOf(yaml.datasets.lines.keySet(), datasets);
        }
        if (datasets.isEmpty()) {
            faults.add(new Fault("*.sql", 0, "there is no dataset"));
        } else if (datasets.values().stream().noneMatch(Dataset::sheet) && !yaml.formats.equals(List.of("pdf"))) {
            faults.add(new Fault(ReportYaml.FILE, 0, "every dataset says sheet: false, so that nothing is left for xlsx and csv"));
        }
        return inOrderOf(yaml.datasets.lines.keySet(), datasets);
    }

    private boolean isThere(String file) {
        return files.containsKey(file) || unread.contains(file);
    }

    /** Sheets stand as report.yaml has them, then those that it does not name. */
    private static Map<String, Dataset> inOrderOf(Set<String> names, Map<String, Dataset> datasets) {
        Map<String, Dataset> ordered = new LinkedHashMap<>();
        names.stream().filter(datasets::containsKey).forEach(name -> ordered.put(name, datasets.get(name)));
        datasets.forEach(ordered::putIfAbsent);
        return ordered;
    }

    private Dataset dataset(String file, String dataset, String sql) {
        SqlText text = SqlText.parse(sql, yaml.parameters);
        List<String> parameters = text.names().stream().map(SqlText.Name::name).toList();
        if (yaml.isRead()) {
            parameters(file, dataset, text);
        }
        if (text.questionMarkLine() > 0) {
            faults.add(new Fault(file, text.questionMarkLine(), "has a ? outside of quotes; parameters are written :name"));
        }
        text.variable().ifPresent(variable -> faults.add(new Fault(file, variable.line(), "has a variable (" + variable.name()
                + "), which would outlive the report on its connection; ROW_NUMBER() and SUM() OVER (…) count without one")));
        if (text.secondLine() > 0) {
            faults.add(new Fault(file, text.secondLine(), "has something after its semicolon; one query a file"));
        }
        if (!QUERY.matcher(text.statement()).matches()) {
            faults.add(new Fault(file, 1, "is no query: it begins with neither SELECT nor WITH"));
        }
        if (!NAME.matcher(dataset).matches()) {
            faults.add(new Fault(file, 0, "a dataset's file is named in small letters, digits and _, as templates call it by that name"));
        }
        if (ReportFacts.NAMES.contains(dataset)) {
            faults.add(new Fault(file, 0, "is named as something that templates know already; name it otherwise"));
        }
        if (WORDS_OF_QUTE.contains(dataset)) {
            faults.add(new Fault(file, 0, "is named by a word that templates take for something else; name it otherwise"));
        }
        return yaml.datasets.dataset(dataset, sql, text.statement(), parameters);
    }

    private void parameters(String file, String dataset, SqlText text) {
        text.names().stream().filter(name -> !isKnown(name.name())).forEach(name -> faults.add(
                new Fault(file, name.line(), "unknown parameter :" + name.name() + Spelling.hint(":" + name.name(), known())
                        + " (known: " + String.join(", ", known()) + ")")));
        if (text.names().stream().noneMatch(name -> name.name().equals("tenant")) && !yaml.datasets.isGlobal(dataset)) {
            faults.add(new Fault(file, 0, "does not use :tenant; if it is meant to read every tenant's data, say in report.yaml "
                    + "datasets: {" + dataset + ": {scope: global}}"));
        }
    }

    private boolean isKnown(String parameter) {
        return Dataset.isBuiltIn(parameter) || yaml.parameters.containsKey(parameter);
    }

    /** Checked as a dataset is, and for what a run cannot say: it is asked once, and a run is nobody's. */
    Optional<ReadinessQuery> readiness() {
        String file = yaml.readinessFile();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        String sql = files.get(file);
        if (unread.contains(file)) {
            return Optional.empty();
        }
        if (sql == null) {
            faults.add(new Fault(
                    ReportYaml.FILE, yaml.readinessLine, "the readiness query " + yaml.readinessQuery + " has no file " + file));
            return Optional.empty();
        }
        Dataset query = dataset(file, yaml.readinessQuery, sql);
        SqlText.parse(sql, yaml.parameters).names().stream().filter(name -> Dataset.isPersonal(name.name())).forEach(name -> faults.add(new Fault(
                file, name.line(), "a readiness query is asked once for a whole run: it has no :" + name.name())));
        return Optional.of(new ReadinessQuery(query, yaml.readinessEvery, yaml.readinessWait));
    }

    WhenEmpty whenEmpty(Map<String, Dataset> datasets) {
        yaml.emptyDatasets.forEach((dataset, line) -> {
            if (!datasets.containsKey(dataset) && !unread.contains(dataset + ".sql")) {
                faults.add(new Fault(ReportYaml.FILE, line, "empty.when names " + dataset + ", which is no dataset"));
            }
        });
        return new WhenEmpty(Set.copyOf(yaml.emptyDatasets.isEmpty() ? datasets.keySet() : yaml.emptyDatasets.keySet()), yaml.emptyThen);
    }

    private List<String> known() {
        return Stream.of(Dataset.PARAMETERS, yaml.parameters.keySet(), Set.of(Dataset.TAG + "…"))
                .flatMap(Set::stream)
                .sorted()
                .map(parameter -> ":" + parameter)
                .toList();
    }
}
