package io.weekly.definition;

import io.weekly.audit.Sha256;
import io.weekly.definition.BrokenDefinition.Fault;
import io.weekly.render.template.ReportTemplate;
import io.weekly.text.Spelling;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns the files of a folder into a definition, or lists all faults with file and line. It does not stop at the first fault, so an author
 * sees all mistakes after one start of the service.
 */
public final class DefinitionLoader {
    private static final List<String> REQUIRED = Stream.concat(Stream.of(ReportYaml.FILE), TemplateFiles.REQUIRED.stream()).toList();
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

    /**
     * Loads a definition all of whose files could be read.
     *
     * @param files file name → text
     */
    public static LoadedDefinition load(String name, Map<String, String> files) {
        return load(name, files, Map.of());
    }

    /**
     * Loads a definition. Follow-on errors of a file that could not be read are hidden.
     *
     * @param files file name → text
     * @param unread files that exist but could not be read → why
     */
    public static LoadedDefinition load(String name, Map<String, String> files, Map<String, String> unread) {
        return new DefinitionLoader(name, files, unread).load();
    }

    private LoadedDefinition load() {
        checkFolder();
        checkFiles();
        ReportYaml yaml = ReportYaml.parse(Optional.ofNullable(files.get(ReportYaml.FILE)), faults);
        DefinitionData data = new DatasetFiles(files, unread.keySet(), yaml, faults).data();
        TemplateFiles templateFiles = TemplateFiles.parse(name, files, unread.keySet(), yaml, faults);
        Map<String, Map<String, String>> messages = messages();
        templateFiles.checkNames(names(data, yaml, messages));
        checkExternalReferences();
        Optional<DefinitionTemplates> templates = templateFiles.templates();
        templates.filter(_ -> yaml.isSound()).ifPresent(it -> checkUnused(data, yaml, it.all()));
        return templates.isEmpty() || !faults.isEmpty()
                ? new BrokenDefinition(name, List.copyOf(faults))
                : new Definition(
                        name, version(), yaml.formats, new DefinitionTexts(yaml.title, yaml.description, messages), templates.get(), data);
    }

    private void checkFolder() {
        if (!FOLDER.matcher(name).matches()) {
            faults.add(new Fault("*", 0, "the folder's name must have only small letters, digits and -, start with a letter or digit, and "
                    + "have at most 100 characters; links, schedules and the API use it"));
        }
    }

    /** All required files exist, and there are no unknown ones: they may have a misspelt name. */
    private void checkFiles() {
        Stream<String> all = Stream.concat(files.keySet().stream(), unread.keySet().stream());
        all.filter(file -> !isKnown(file)).forEach(file -> faults.add(new Fault(
                file, 0, "unknown file" + Spelling.hint(file, similar(file)) + " (known: " + String.join(", ", REQUIRED)
                        + ", note.html, note.txt, *.sql, messages.properties, messages_<language>.properties, *.md)")));
        unread.forEach((file, reason) -> {
            if (isKnown(file)) {
                faults.add(new Fault(file, 0, reason));
            }
        });
        REQUIRED.stream().filter(file -> !exists(file)).forEach(file -> faults.add(new Fault(file, 0, "is missing")));
    }

    private boolean exists(String file) {
        return files.containsKey(file) || unread.containsKey(file);
    }

    private static boolean isKnown(String file) {
        return FILE.matcher(file).matches();
    }

    /** Names that the author may have meant. */
    private static List<String> similar(String file) {
        List<String> similar = new ArrayList<>(REQUIRED);
        similar.addAll(List.of(Note.HTML, Note.TEXT, "messages.properties"));
        similar.add(file.toLowerCase(Locale.ROOT).replaceFirst("\\.sq?l?$", ".sql"));
        similar.add(file.replaceFirst("^[a-zA-Z]+", "messages"));
        return similar.stream().filter(DefinitionLoader::isKnown).toList();
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
                    faults.add(new Fault(file, 0, "a second file for " + tag + "; put all its messages into one file"));
                }
            }
        });
        return messages;
    }

    /** The names that templates may use. A file that could not be read may define any parameter, dataset or message. */
    private TemplateNames names(DefinitionData data, ReportYaml yaml, Map<String, Map<String, String>> messages) {
        TemplateNames names = new TemplateNames(data.datasets().keySet(), data.parameters().keySet(), messages);
        if (!yaml.isRead()) {
            names.allowAnyPart("parameters");
        }
        unread.keySet().stream()
                .filter(file -> file.endsWith(".sql"))
                .forEach(file -> names.allowAnyPart(DatasetFiles.dataset(file)));
        if (unread.keySet().stream().anyMatch(file -> file.startsWith("messages"))) {
            names.allowAnyPart("m");
        }
        return names;
    }

    private void checkExternalReferences() {
        faults.addAll(ExternalReferences.ofStyle("report.css", files.getOrDefault("report.css", "")));
        faults.addAll(ExternalReferences.ofPage("report.html", files.getOrDefault("report.html", "")));
    }

    /** Finds datasets that nothing uses. If a template only misspells a dataset's name, the fault of the template is enough. */
    private void checkUnused(DefinitionData data, ReportYaml yaml, List<ReportTemplate> templates) {
        boolean hasTables = yaml.formats.contains("xlsx") || yaml.formats.contains("csv");
        data.datasets().values().stream()
                .filter(dataset -> !(hasTables && dataset.sheet()) && !yaml.empty.datasetLines.containsKey(dataset.name()))
                .filter(dataset -> templates.stream().noneMatch(template -> template.uses(dataset.name())))
                .filter(dataset -> faults.stream().noneMatch(fault -> fault.reason().contains(Spelling.suggestion(dataset.name()))))
                .toList()
                .forEach(dataset -> faults.add(new Fault(
                        dataset.name() + ".sql", 0,
                        "no template uses this dataset; use " + dataset.name() + " in report.html, or delete the file")));
    }

    private String version() {
        var sha256 = Sha256.digest();
        files.forEach((file, text) -> sha256.update((file + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(sha256.digest());
    }
}
