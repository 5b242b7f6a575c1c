package io.weekly.definition;

import io.weekly.definition.BrokenDefinition.Fault;
import io.weekly.definition.DefinitionTemplates.MailTemplates;
import io.weekly.render.RenderException;
import io.weekly.render.template.ReportTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the template files of a definition and the subjects of the mail in report.yaml, and checks their names. */
final class TemplateFiles {
    private static final String PAGE = "report.html";
    private static final String STYLE = "report.css";
    private static final String MAIL_HTML = "mail.html";
    private static final String MAIL_TEXT = "mail.txt";
    static final List<String> REQUIRED = List.of(PAGE, STYLE, MAIL_HTML, MAIL_TEXT);

    private final String definition;
    private final ReportYaml yaml;
    private final List<Fault> faults;
    /** By file name. A template with a syntax error is missing here. */
    private final Map<String, ReportTemplate> parsed = new LinkedHashMap<>();
    private final Map<String, ReportTemplate> subjects = new LinkedHashMap<>();

    private TemplateFiles(String definition, ReportYaml yaml, List<Fault> faults) {
        this.definition = definition;
        this.yaml = yaml;
        this.faults = faults;
    }

    /**
     * Parses the templates and adds their faults.
     *
     * @param files name → text
     * @param unread files that exist but could not be read
     */
    static TemplateFiles parse(String definition, Map<String, String> files, Set<String> unread, ReportYaml yaml, List<Fault> faults) {
        TemplateFiles templates = new TemplateFiles(definition, yaml, faults);
        yaml.subjects.forEach((language, subject) -> templates.parse(subjectName(language), subject)
                .ifPresent(template -> templates.subjects.put(language, template)));
        REQUIRED.forEach(file -> templates.parseFile(file, files.get(file)));
        Note.DEFAULTS.forEach((file, template) -> {
            if (files.containsKey(file)) {
                templates.parseFile(file, files.get(file));
            } else if (!unread.contains(file)) {
                templates.parsed.put(file, template);
            }
        });
        return templates;
    }

    private void parseFile(String file, @Nullable String text) {
        Optional.ofNullable(text).flatMap(it -> parse(file, it)).ifPresent(template -> parsed.put(file, template));
    }

    private Optional<ReportTemplate> parse(String file, String text) {
        try {
            return Optional.of(ReportTemplate.parse(definition + "/" + file, text));
        } catch (RenderException e) {
            add(new Fault(file, e.line().orElse(0), e.reason()));
            return Optional.empty();
        }
    }

    /** A subject is a template of its own. Its errors name it like this, with the line in report.yaml. */
    private static String subjectName(String language) {
        return language.isEmpty() ? "mail subject" : "mail subject " + language;
    }

    private void add(Fault fault) {
        faults.add(yaml.subjectLines.entrySet().stream()
                .filter(subject -> subjectName(subject.getKey()).equals(fault.file()))
                .findFirst()
                .map(subject -> new Fault(ReportYaml.FILE, subject.getValue(), fault.file() + ": " + fault.reason()))
                .orElse(fault));
    }

    /** Adds a fault for each name that a template uses and that does not exist. A template with a syntax error is not checked. */
    void checkNames(TemplateNames names) {
        subjects.forEach((language, subject) -> check(subjectName(language), subject, names, "link", "unsubscribe"));
        parsed.forEach((file, template) -> {
            switch (file) {
                case PAGE -> check(file, template, names, "css");
                case STYLE -> check(file, template, names);
                default -> check(file, template, names, "link", "unsubscribe", "subject");
            }
        });
    }

    private void check(String file, ReportTemplate template, TemplateNames names, String... more) {
        names.faults(file, template, more).forEach(this::add);
    }

    /** All the templates; empty if one is missing or has a syntax error. */
    Optional<DefinitionTemplates> templates() {
        ReportTemplate page = parsed.get(PAGE);
        ReportTemplate style = parsed.get(STYLE);
        Optional<MailTemplates> mail = mail(MAIL_HTML, MAIL_TEXT);
        Optional<MailTemplates> note = mail(Note.HTML, Note.TEXT);
        boolean complete = mail.isPresent() && note.isPresent() && subjects.size() == yaml.subjects.size();
        return page == null || style == null || !complete
                ? Optional.empty()
                : Optional.of(new DefinitionTemplates(page, style, subjects, mail.get(), note.get()));
    }

    private Optional<MailTemplates> mail(String htmlFile, String textFile) {
        ReportTemplate html = parsed.get(htmlFile);
        ReportTemplate text = parsed.get(textFile);
        return html == null || text == null ? Optional.empty() : Optional.of(new MailTemplates(html, text));
    }
}
