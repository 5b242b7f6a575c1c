package io.weekly.definition;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Checks language tags such as {@code de} and {@code fr-CH}. */
final class Languages {
    private static final Set<String> KNOWN = Set.of(Locale.getISOLanguages());

    private Languages() {}

    /** What is wrong with a tag; empty if it is the tag of a language. */
    static Optional<String> fault(String tag) {
        var locale = Locale.forLanguageTag(tag);
        if (tag.contains("_")) {
            return Optional.of("%s is not a language tag; write %s".formatted(tag, tag.replace('_', '-')));
        }
        // Some languages have a code of three letters. Java has no list of these codes.
        return locale.toLanguageTag().equals(tag) && (KNOWN.contains(locale.getLanguage()) || locale.getLanguage().length() == 3)
                ? Optional.empty()
                : Optional.of("%s is not a language tag; write one such as de or fr-CH".formatted(tag));
    }
}
