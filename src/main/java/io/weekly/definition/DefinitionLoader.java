package io.weekly.definition;

import io.weekly.audit.Sha256;
import io.weekly.definition.BrokenDefinition.Fault;
import io.weekly.render.RenderException;
import io.weekly.render.template.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes a definition of a folder's files, or says everything that is wrong with them, with file and line: an author should not have to
 * start the service once for every mistake.
 */
public final class DefinitionLoader {
    private static final List<String> NEEDED = List.of(ReportYaml.FILE, "report.html", "report.css", "mail.html", "mail.txt");
    private static final Pattern FILE = Pattern.compile(
            "report\\.(yaml|html|css)|(mail|note)\\.(html|txt)|[^.]+\\.sql|messages([_-][a-zA-Z0-9]+)*\\.properties"
                    + "|.+\\.md|(LICENSE|README|NOTICE)(\\..*)?");
    private static final Pattern FOLDER = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");

    private final String name;
    private final Map<String, String> files;
    private final Map<String, String> unread;
    private final List<Fault> faults = new ArrayList<>();

    private DefinitionLoader(String name, Map<String, String> files, Map<String, String> unread) {
        this.name = name;
        this.files = new TreeMap<>(files);
        this.unread = new TreeMap<>(unread);
    }

    /** {@code files}: file name → text. */
    public static LoadedDefinition load(String name, Map<String, String> files) {
        return load(name, files, Map.of());
    }

    /** {@code unread}: the files that are there and could not be read → why. Nothing is told of what may only follow from that. */
    public static LoadedDefinition load(String name, Map<String, String> files, Map<String, String> unread) {
        return new DefinitionLoader(name, files, unread).load();
    }

    private LoadedDefinition load() {
        folder();
        NEEDED.stream().filter(file -> !isThere(file)).forEach(file -> faults.add(new Fault(file, 0, "is missing")));
        ReportYaml yaml = ReportYaml.parse(Optional.ofNullable(files.get(ReportYaml.FILE)), faults);
        DatasetFiles queries = new DatasetFiles(files, unread.keySet(), yaml, faults);
        Map<String, Dataset> datasets = queries.datasets();
        Optional<ReadinessQuery> readiness = queries.readiness();
        WhenEmpty whenEmpty = queries.whenEmpty(datasets);
        Map<String, Page> subjects = new LinkedHashMap<>();
        yaml.subjects.forEach((language, subject) -> subjects.put(language, page(subject(language), subject)));
        Page report = page("report.html", files.get("report.html"));
        Page style = page("report.css", files.get("report.css"));
        Page mailHtml = page("mail.html", files.get("mail.html"));
        Page mailText = page("mail.txt", files.get("mail.txt"));
        Page noteHtml = isThere(Note.HTML) ? page(Note.HTML, files.get(Note.HTML)) : Note.DEFAULT_HTML;
        Page noteText = isThere(Note.TEXT) ? page(Note.TEXT, files.get(Note.TEXT)) : Note.DEFAULT_TEXT;
        Map<String, Map<String, String>> messages = messages();
        names(names(datasets, yaml, messages), subjects, report, style, mailHtml, mailText, noteHtml, noteText);
        loads();
        List<Page> pages = Stream.concat(
                Stream.of(report, style, mailHtml, mailText, noteHtml, noteText), subjects.values().stream()).toList();
        if (yaml.isSound() && pages.stream().allMatch(Objects::nonNull)) {
            unused(datasets, yaml, pages);
        }
        yaml.subjectLines.forEach((language, line) -> faults.replaceAll(fault -> fault.file().equals(subject(language))
                ? new Fault(ReportYaml.FILE, line, fault.file() + ": " + fault.reason())
                : fault));
        if (!faults.isEmpty()) {
            return new BrokenDefinition(name, List.copyOf(faults));
        }
        return new Definition(name, version(), yaml.title, yaml.description, yaml.formats, subjects, Map.copyOf(yaml.parameters), datasets,
                readiness, whenEmpty, report, style, mailHtml, mailText, noteHtml, noteText, messages);
    }

    private boolean isThere(String file) {
        return files.containsKey(file) || unread.containsKey(file);
    }

    /** Its name, and that it holds nothing that nobody reads: a misspelt file would be missed by its author only. */
    private void folder() {
        if (!FOLDER.matcher(name).matches()) {
            faults.add(new Fault("*", 0, "a definition's folder is named in small letters, digits and -, up to 100 of them, beginning "
                    + "with a letter or digit: links, schedules and the API call it by that name"));
        }
        Stream<String> all = Stream.concat(files.keySet().stream(), unread.keySet().stream());
        all.filter(file -> !isKnown(file)).forEach(file -> faults.add(new Fault(
                file, 0, "is no file of a definition" + Spelling.hint(file, likely(file)) + " (known: " + String.join(", ", NEEDED)
                        + ", note.html, note.txt, *.sql, messages.properties, messages_<language>.properties, *.md)")));
        unread.forEach((file, reason) -> {
            if (isKnown(file)) {
                faults.add(new Fault(file, 0, reason));
            }
        });
    }

    private static boolean isKnown(String file) {
        return FILE.matcher(file).matches();
    }

    /** What it may have been meant to be called. */
    private static List<String> likely(String file) {
        List<String> likely = new ArrayList<>(NEEDED);
        likely.addAll(List.of(Note.HTML, Note.TEXT, "messages.properties"));
        likely.add(file.toLowerCase(Locale.ROOT).replaceFirst("\\.sq?l?$", ".sql"));
        likely.add(file.replaceFirst("^[a-zA-Z]+", "messages"));
        return likely.stream().filter(DefinitionLoader::isKnown).toList();
    }

    /** A template of its own; its faults are told where it stands in report.yaml. */
    private static String subject(String language) {
        return language.isEmpty() ? "mail subject" : "mail subject " + language;
    }

    private Page page(String file, String text) {
        try {
            return text == null ? null : Page.parse(name + "/" + file, text);
        } catch (RenderException e) {
            faults.add(new Fault(file, e.line().orElse(0), e.reason()));
            return null;
        }
    }

    /** {@code messages_fr_CH.properties} and {@code messages_fr-CH.properties} → fr-CH, {@code messages.properties} → "". */
    private Map<String, Map<String, String>> messages() {
        Map<String, Map<String, String>> messages = new LinkedHashMap<>();
        files.forEach((file, text) -> {
            if (file.startsWith("messages") && file.endsWith(".properties")) {
                String tag = file.substring("messages".length(), file.length() - ".properties".length()).replace('_', '-')
                        .replaceFirst("^-", "");
                (tag.isEmpty() ? Optional.<String>empty() : Languages.fault(tag))
                        .ifPresent(reason -> faults.add(new Fault(file, 0, reason)));
                if (messages.put(tag, Messages.parse(file, text, faults)) != null) {
                    faults.add(new Fault(file, 0, "is the second file for " + tag + "; put all of its texts into one"));
                }
            }
        });
        return messages;
    }

    /** What could not be read may hold any parameter, dataset or message. */
    private TemplateNames names(Map<String, Dataset> datasets, ReportYaml yaml, Map<String, Map<String, String>> messages) {
        TemplateNames names = new TemplateNames(datasets.keySet(), yaml.parameters.keySet(), messages);
        if (!yaml.isRead()) {
            names.leave("parameters");
        }
        unread.keySet().stream().filter(file -> file.endsWith(".sql")).forEach(file -> names.leave(file.substring(0, file.length() - 4)));
        if (unread.keySet().stream().anyMatch(file -> file.startsWith("messages"))) {
            names.leave("m");
        }
        return names;
    }

    /** Nothing is asked for that is not there; of a template that does not parse nothing is known. */
    private void names(
            TemplateNames names, Map<String, Page> subjects, Page report, Page style, Page mailHtml, Page mailText, Page noteHtml,
            Page noteText) {
        subjects.forEach((language, subject) -> names(subject(language), names, subject, "link"));
        names("report.html", names, report, "css");
        names("report.css", names, style);
        names("mail.html", names, mailHtml, "link", "subject");
        names("mail.txt", names, mailText, "link", "subject");
        names(Note.HTML, names, noteHtml, "link", "subject");
        names(Note.TEXT, names, noteText, "link", "subject");
    }

    private void names(String file, TemplateNames names, Page page, String... more) {
        if (page != null) {
            faults.addAll(names.faults(file, page, more));
        }
    }

    private void loads() {
        faults.addAll(Loads.ofStyle("report.css", files.getOrDefault("report.css", "")));
        faults.addAll(Loads.ofPage("report.html", files.getOrDefault("report.html", "")));
    }

    /** One whose name a template only misspells is told there. */
    private void unused(Map<String, Dataset> datasets, ReportYaml yaml, List<Page> pages) {
        boolean hasTables = yaml.formats.contains("xlsx") || yaml.formats.contains("csv");
        datasets.values().stream()
                .filter(dataset -> !(hasTables && dataset.sheet()) && !yaml.emptyDatasets.containsKey(dataset.name()))
                .filter(dataset -> pages.stream().noneMatch(page -> page.uses(dataset.name())))
                .filter(dataset -> faults.stream().noneMatch(fault -> fault.reason().contains(Spelling.meant(dataset.name()))))
                .toList()
                .forEach(dataset -> faults.add(new Fault(
                        dataset.name() + ".sql", 0,
                        "is read by no template: use " + dataset.name() + " in report.html, or delete the file")));
    }

    private String version() {
        var sha256 = Sha256.digest();
        files.forEach((file, text) -> sha256.update((file + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(sha256.digest());
    }
}
