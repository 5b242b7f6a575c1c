package io.weekly.definition;

import io.weekly.definition.BrokenDefinition.Fault;
import io.weekly.text.Spelling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the .sql files of a definition. Checks them against report.yaml and against the rules for queries. */
final class DatasetFiles {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    /** Literals, the data as a whole, and operators: <code>{#if null.isEmpty}</code> reads no dataset. */
    private static final Set<String> WORDS_OF_QUTE = Set.of(
            "true", "false", "null", "this", "is", "eq", "ne", "gt", "ge", "lt", "le", "and", "or");
    private static final String ENDING = ".sql";

    private final Map<String, String> files;
    private final Set<String> unread;
    private final ReportYaml yaml;
    private final List<Fault> faults;

    /**
     * @param files file name → text
     * @param unread files that exist but could not be read
     */
    DatasetFiles(Map<String, String> files, Set<String> unread, ReportYaml yaml, List<Fault> faults) {
        this.files = files;
        this.unread = unread;
        this.yaml = yaml;
        this.faults = faults;
    }

    /** The dataset of a file: {@code kpis.sql} → kpis. */
    static String dataset(String file) {
        return file.substring(0, file.length() - ENDING.length());
    }

    /** Reads the files and adds their faults. */
    DefinitionData data() {
        Map<String, Dataset> datasets = datasets();
        return new DefinitionData(Map.copyOf(yaml.parameters), datasets, readiness(), whenEmpty(datasets));
    }

    private Map<String, Dataset> datasets() {
        Map<String, Dataset> datasets = new LinkedHashMap<>();
        files.forEach((file, sql) -> {
            if (file.endsWith(ENDING) && !file.equals(yaml.readiness.file())) {
                datasets.put(dataset(file), parse(file, sql).dataset());
            }
        });
        yaml.datasets.lines.forEach((dataset, line) -> {
            if (!exists(dataset + ENDING)) {
                faults.add(new Fault(ReportYaml.FILE, line, "the dataset " + dataset + " has no file " + dataset + ENDING
                        + Spelling.hint(dataset, datasets.keySet())));
            }
        });
        if (unread.stream().noneMatch(file -> file.endsWith(ENDING))) {
            checkThatThereAreSome(datasets);
        }
        return inOrderOf(yaml.datasets.lines.keySet(), datasets);
    }

    private boolean exists(String file) {
        return files.containsKey(file) || unread.contains(file);
    }

    private void checkThatThereAreSome(Map<String, Dataset> datasets) {
        if (datasets.isEmpty()) {
            faults.add(new Fault("*.sql", 0, "there is no dataset; add an .sql file"));
        } else if (datasets.values().stream().noneMatch(Dataset::sheet) && !yaml.formats.equals(List.of("pdf"))) {
            faults.add(new Fault(ReportYaml.FILE, 0, "every dataset has sheet: false, so xlsx and csv files would be empty"));
        }
    }

    /** Sheets have the order of report.yaml. Datasets that it does not name come last. */
    private static Map<String, Dataset> inOrderOf(Set<String> names, Map<String, Dataset> datasets) {
        Map<String, Dataset> ordered = new LinkedHashMap<>();
        names.forEach(name -> Optional.ofNullable(datasets.get(name)).ifPresent(dataset -> ordered.put(name, dataset)));
        datasets.forEach(ordered::putIfAbsent);
        return ordered;
    }

    private record Query(Dataset dataset, SqlText text) {}

    private Query parse(String file, String sql) {
        String name = dataset(file);
        SqlText text = SqlText.parse(sql, yaml.parameters);
        if (yaml.isRead()) {
            checkParameters(file, name, text);
        }
        checkStatement(file, text);
        checkName(file, name);
        List<String> parameters = text.names().stream().map(SqlText.Name::name).toList();
        return new Query(yaml.datasets.dataset(name, sql, text.statement(), parameters), text);
    }

    private void checkParameters(String file, String dataset, SqlText text) {
        text.names().stream().filter(name -> !isKnown(name.name())).forEach(name -> faults.add(
                new Fault(file, name.line(), "unknown parameter :" + name.name() + Spelling.hint(":" + name.name(), known())
                        + " (known: " + String.join(", ", known()) + ")")));
        if (text.names().stream().noneMatch(name -> name.name().equals("tenant")) && !yaml.datasets.isGlobal(dataset)) {
            faults.add(new Fault(file, 0, "does not use :tenant; if it must read the data of all tenants, add "
                    + "datasets: {" + dataset + ": {scope: global}} to report.yaml"));
        }
    }

    private boolean isKnown(String parameter) {
        return Dataset.isBuiltIn(parameter) || yaml.parameters.containsKey(parameter);
    }

    private List<String> known() {
        return Stream.of(Dataset.PARAMETERS, yaml.parameters.keySet(), Set.of(Dataset.TAG + "…"))
                .flatMap(Set::stream)
                .sorted()
                .map(parameter -> ":" + parameter)
                .toList();
    }

    private void checkStatement(String file, SqlText text) {
        if (text.questionMarkLine() > 0) {
            faults.add(new Fault(file, text.questionMarkLine(), "has a ? outside of quotes; write parameters as :name"));
        }
        text.variable().ifPresent(variable -> faults.add(new Fault(file, variable.line(), "uses the variable " + variable.name()
                + ", whose value would stay on the connection; use ROW_NUMBER() or SUM() OVER (…) instead")));
        if (text.secondLine() > 0) {
            faults.add(new Fault(file, text.secondLine(), "has text after its semicolon; a file holds one query"));
        }
        faults.addAll(SqlRules.check(file, text.tokens()));
    }

    private void checkName(String file, String dataset) {
        if (!NAME.matcher(dataset).matches()) {
            faults.add(new Fault(file, 0, "the name of an .sql file must have only small letters, digits and _, and start with a letter; "
                    + "templates use it"));
        }
        if (ReportFacts.NAMES.contains(dataset)) {
            faults.add(new Fault(file, 0, "the name " + dataset + " has another meaning in templates; rename the file"));
        }
        if (WORDS_OF_QUTE.contains(dataset)) {
            faults.add(new Fault(file, 0, "the name " + dataset + " is a reserved word in templates; rename the file"));
        }
    }

    /** Checks the readiness query like a dataset. In addition it must not depend on a recipient, because it runs once for a whole run. */
    private Optional<ReadinessQuery> readiness() {
        String file = yaml.readiness.file();
        String sql = files.get(file);
        if (sql == null) {
            if (!file.isEmpty() && !unread.contains(file)) {
                faults.add(new Fault(
                        ReportYaml.FILE, yaml.readiness.line, "the readiness query " + yaml.readiness.query + " has no file " + file));
            }
            return Optional.empty();
        }
        Query query = parse(file, sql);
        query.text().names().stream().filter(name -> Dataset.isPersonal(name.name())).forEach(name -> faults.add(new Fault(
                file, name.line(), "a readiness query runs once for a whole run, so it cannot use :" + name.name())));
        return Optional.of(new ReadinessQuery(query.dataset(), yaml.readiness.every, yaml.readiness.wait));
    }

    private WhenEmpty whenEmpty(Map<String, Dataset> datasets) {
        yaml.empty.datasetLines.forEach((dataset, line) -> {
            if (!datasets.containsKey(dataset) && !unread.contains(dataset + ENDING)) {
                faults.add(new Fault(ReportYaml.FILE, line,
                        "empty.when names the unknown dataset " + dataset + Spelling.hint(dataset, datasets.keySet())));
            }
        });
        Set<String> named = yaml.empty.datasetLines.keySet();
        return new WhenEmpty(Set.copyOf(named.isEmpty() ? datasets.keySet() : named), yaml.empty.then);
    }
}
