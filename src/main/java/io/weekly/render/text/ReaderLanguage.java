package io.weekly.render.text;

import io.weekly.text.Warning;
import java.util.Locale;
import java.util.Optional;

/** What a report can show of a reader's language. */
public final class ReaderLanguage {
    private static final String CODE = "locale-not-shown";

    private ReaderLanguage() {}

    /** A warning, if the font does not have the script of the language. */
    public static Optional<Warning> warning(String languageTag) {
        var locale = Locale.forLanguageTag(languageTag);
        return LocaleSupport.of(locale).showsDates(locale)
                ? Optional.empty()
                : Optional.of(new Warning(CODE, ("The font of the PDF does not have the script of the locale %s. Dates are English,"
                        + " and texts in this script become \uFFFD.").formatted(languageTag)));
    }
}
