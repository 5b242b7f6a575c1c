package io.weekly.definition;

import io.weekly.render.template.Page;
import io.weekly.render.text.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a report is: datasets, templates, styles and texts, checked and parsed. Immutable, and read by many threads at once.
 *
 * @param version SHA-256 over the names and contents of all its files: the same version is the same report
 * @param parameters its constants: String, Long or BigDecimal, by name
 * @param datasets by name, in the order in which report.yaml names them, then in that of their file names
 * @param readiness what is asked before any of them is read; empty where they are always ready
 * @param subjects of the mail, by language tag; {@code ""} is for any other
 * @param noteHtml the mail of a report that has nothing to say, where it is to be a note
 * @param messages by language tag; {@code ""} holds those of any other language
 */
public record Definition(
        String name, String version, String title, String description, List<String> formats, Map<String, Page> subjects,
        Map<String, Object> parameters, Map<String, Dataset> datasets, Optional<ReadinessQuery> readiness, WhenEmpty whenEmpty, Page report,
        Page style, Page mailHtml, Page mailText, Page noteHtml, Page noteText, Map<String, Map<String, String>> messages)
        implements LoadedDefinition {

    /** The texts for one reader: the service's own words, under those of the definition; what a language lacks is taken from the default. */
    Map<String, String> messages(Locale locale) {
        Map<String, String> texts = new LinkedHashMap<>(Words.of(locale));
        texts.putAll(messages.getOrDefault("", Map.of()));
        texts.putAll(messages.getOrDefault(locale.getLanguage(), Map.of()));
        texts.putAll(messages.getOrDefault(locale.toLanguageTag(), Map.of()));
        return texts;
    }

    /**
     * In which language those texts are, for {@code lang}: the reader's own where there are words in it, else English. A screen reader
     * chooses its voice by it, and an Arabic one cannot read English words.
     */
    String language(Locale locale) {
        boolean hasWords = Words.LANGUAGES.contains(locale.getLanguage())
                || messages.containsKey(locale.getLanguage()) || messages.containsKey(locale.toLanguageTag());
        return hasWords ? locale.toLanguageTag() : "en";
    }

    Page subject(Locale locale) {
        for (String tag : List.of(locale.toLanguageTag(), locale.getLanguage(), "", "en")) {
            if (subjects.containsKey(tag)) {
                return subjects.get(tag);
            }
        }
        return subjects.values().iterator().next();
    }

    /** The same with one of its datasets alone, so that it can be read by itself. */
    public Definition only(Dataset dataset) {
        return new Definition(
                name, version, title, description, formats, subjects, parameters, Map.of(dataset.name(), dataset), readiness, whenEmpty,
                report, style, mailHtml, mailText, noteHtml, noteText, messages);
    }

    /** How a file of this definition is called in an error. */
    public String file(String file) {
        return name + "/" + file;
    }
}
