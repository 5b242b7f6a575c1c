package io.weekly.definition;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of report: its datasets, templates and texts, checked and parsed. Immutable, so many threads can use it at once.
 *
 * @param name the name of its folder
 * @param version SHA-256 of the names and contents of all its files, in hex. Definitions with the same version have the same content
 * @param formats the formats that it offers: pdf, xlsx, csv
 */
public record Definition(
        String name, String version, List<String> formats, DefinitionTexts texts, DefinitionTemplates templates, DefinitionData data)
        implements LoadedDefinition {

    /** Its title in report.yaml. */
    public String title() {
        return texts.title();
    }

    /** Its title for a reader of this language: the message {@code title}, else the one in report.yaml. */
    public String title(Locale locale) {
        return texts.messages(locale).getOrDefault("title", texts.title());
    }

    /** Its description in report.yaml; empty if there is none. */
    public String description() {
        return texts.description();
    }

    /** Its constants by name: String, Long or BigDecimal. */
    public Map<String, Object> parameters() {
        return data.parameters();
    }

    /** Its datasets by name: first those that report.yaml names, in its order, then the others in the order of their file names. */
    public Map<String, Dataset> datasets() {
        return data.datasets();
    }

    /** The query that says whether the data are complete. Empty if the definition has none. */
    public Optional<ReadinessQuery> readiness() {
        return data.readiness();
    }

    /** What happens to a report without rows. */
    public WhenEmpty whenEmpty() {
        return data.whenEmpty();
    }

    /** The texts for a reader of this language, by key. */
    Map<String, String> messages(Locale locale) {
        return texts.messages(locale);
    }

    /** The language of these texts, as a tag. */
    String language(Locale locale) {
        return texts.language(locale);
    }

    /** This definition with only one of its datasets. Dev mode reads each dataset alone to find those that fail. */
    public Definition only(Dataset dataset) {
        return new Definition(name, version, formats, texts, templates, data.only(dataset));
    }

    /**
     * This definition, whose sheets show the numbers of these columns as years. A format in report.yaml takes precedence.
     *
     * @param years dataset name → column names
     */
    public Definition withYears(Map<String, Set<String>> years) {
        return new Definition(name, version, formats, texts, templates, data.withYears(years));
    }

    /** The name of one of its files in an error message: {@code weekly-business/kpis.sql}. */
    public String file(String file) {
        return name + "/" + file;
    }
}
