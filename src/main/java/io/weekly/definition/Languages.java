package io.weekly.definition;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Language tags, as authors write them: {@code de}, {@code fr-CH}. */
final class Languages {
    private static final Set<String> KNOWN = Set.of(Locale.getISOLanguages());

    private Languages() {}

    /** Why this is no language that a reader could have. */
    static Optional<String> fault(String tag) {
        var read = Locale.forLanguageTag(tag);
        if (tag.contains("_")) {
            return Optional.of("%s is no language tag: it is written %s".formatted(tag, tag.replace('_', '-')));
        }
        // Three letters are languages too, of which Java has no list.
        return read.toLanguageTag().equals(tag) && (KNOWN.contains(read.getLanguage()) || read.getLanguage().length() == 3)
                ? Optional.empty()
                : Optional.of("%s is no language tag: one is such as de or fr-CH".formatted(tag));
    }
}
