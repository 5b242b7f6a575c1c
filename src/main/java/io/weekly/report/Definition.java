package io.weekly.report;

import io.weekly.render.Page;
import io.weekly.render.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a report is: datasets, templates, styles and texts, checked and parsed. Immutable, and read by many threads at once.
 *
 * @param version SHA-256 over the names and contents of all its files: the same version is the same report
 * @param parameters its constants: String, Long or BigDecimal, by name
 * @param datasets by name, in the order of their file names
 * @param subjects of the mail, by language tag; {@code ""} is for any other
 * @param messages by language tag; {@code ""} holds those of any other language
 */
public record Definition(
        String name, String version, String title, String description, List<String> formats, Map<String, Page> subjects,
        Map<String, Object> parameters, Map<String, Dataset> datasets, Page report, Page style, Page mailHtml, Page mailText, Map<String, Map<String, String>> messages)
        implements LoadedDefinition {

    /** The texts for one reader: the service's own words, under those of the definition; what a language lacks is taken from the default. */
    Map<String, String> messages(Locale locale) {
        Map<String, String> texts = new LinkedHashMap<>(Words.of(locale));
        texts.putAll(messages.getOrDefault("", Map.of()));
        texts.putAll(messages.getOrDefault(locale.getLanguage(), Map.of()));
        texts.putAll(messages.getOrDefault(locale.toLanguageTag(), Map.of()));
        return texts;
    }

    Page subject(Locale locale) {
        for (String tag : List.of(locale.toLanguageTag(), locale.getLanguage(), "", "en")) {
            if (subjects.containsKey(tag)) {
                return subjects.get(tag);
            }
        }
        return subjects.values().iterator().next();
    }

    /** How a file of this definition is called in an error. */
    public String file(String file) {
        return name + "/" + file;
    }
}
