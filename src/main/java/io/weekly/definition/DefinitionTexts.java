package io.weekly.definition;

import io.weekly.render.text.ServiceMessages;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The texts of a definition.
 *
 * @param description empty if report.yaml has none
 * @param messages from the messages files: language tag → key → text. The tag {@code ""} stands for {@code messages.properties}
 */
public record DefinitionTexts(String title, String description, Map<String, Map<String, String>> messages) {

    /** The texts for a reader of this language. More specific ones win: region, language, {@code messages.properties}, built-in text. */
    Map<String, String> messages(Locale locale) {
        Map<String, String> texts = new LinkedHashMap<>(ServiceMessages.of(locale));
        texts.putAll(messages.getOrDefault("", Map.of()));
        texts.putAll(messages.getOrDefault(locale.getLanguage(), Map.of()));
        texts.putAll(messages.getOrDefault(locale.toLanguageTag(), Map.of()));
        return texts;
    }

    /**
     * The language of the texts for this reader: the reader's own language if there are texts in it, otherwise English. The page declares
     * this language, so that a screen reader chooses the right voice.
     */
    String language(Locale locale) {
        boolean hasTexts = ServiceMessages.LANGUAGES.contains(locale.getLanguage())
                || messages.containsKey(locale.getLanguage()) || messages.containsKey(locale.toLanguageTag());
        return hasTexts ? locale.toLanguageTag() : "en";
    }
}
