package io.weekly.api.page;

import io.weekly.render.text.Formats;
import io.weekly.render.text.ServiceMessages;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts of a page in the language of its reader. A reader of a language that the service does not have gets English texts. */
public final class PageTexts {

    private static final List<Locale> LOCALES = ServiceMessages.LANGUAGES.stream().map(Locale::forLanguageTag).toList();

    private final Locale locale;
    private final Map<String, String> texts;

    private PageTexts(Locale locale) {
        var isKnown = ServiceMessages.LANGUAGES.contains(locale.getLanguage());
        this.locale = isKnown ? locale : Locale.ENGLISH;
        this.texts = ServiceMessages.of(this.locale);
    }

    /** The texts for a recipient with this locale, such as {@code fr-CH}. */
    public static PageTexts of(String tag) {
        return new PageTexts(Locale.forLanguageTag(tag.replace('_', '-')));
    }

    /** The texts for a reader whom nobody knows. A header that cannot be read is ignored. */
    static PageTexts accepted(@Nullable String acceptLanguage) {
        try {
            var found = acceptLanguage == null ? null : Locale.lookup(LanguageRange.parse(acceptLanguage), LOCALES);
            return new PageTexts(found == null ? Locale.ENGLISH : found);
        } catch (IllegalArgumentException _) {
            return new PageTexts(Locale.ENGLISH);
        }
    }

    /** Its language as a tag. */
    String language() {
        return locale.toLanguageTag();
    }

    /** The text with this key. */
    String get(String key) {
        var text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException("there is no text " + key);
        }
        return text;
    }

    /** The text with values in the places of {@code {0}} and {@code {1}}. A value may contain such a place itself. */
    String with(String key, String... values) {
        var parts = new StringBuilder();
        var text = get(key);
        for (var at = 0; at < text.length(); at++) {
            var isPlace = text.charAt(at) == '{' && at + 2 < text.length() && text.charAt(at + 2) == '}';
            parts.append(isPlace ? values[text.charAt(at + 1) - '0'] : text.substring(at, at + 1));
            at += isPlace ? 2 : 0;
        }
        return parts.toString();
    }

    /** The day of a moment in a time zone: {@code 16. November 2026}. */
    String day(Instant moment, String zone) {
        return new Formats(locale).dates().longDate(moment.atZone(ZoneId.of(zone)).toLocalDate());
    }
}
