package io.weekly.tenant;

import io.weekly.render.text.MissingCharacters;
import io.weekly.render.text.ReaderLanguage;
import io.weekly.text.Warning;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what reports cannot show of a tenant or recipient, so that the platform learns it when it stores the value. */
final class ReaderWarnings {

    private static final int LATIN_EXTENDED_B = 0x180;

    private ReaderWarnings() {}

    /** @param locale null if the recipient has none */
    static List<Warning> of(@Nullable String name, @Nullable String locale) {
        return Stream.concat(ofName(name).stream(), ofLocale(locale).stream()).toList();
    }

    /** Most names are Latin, and need no look at the font. */
    private static List<Warning> ofName(@Nullable String name) {
        return name == null || name.chars().allMatch(c -> c < LATIN_EXTENDED_B)
                ? List.of()
                : MissingCharacters.of(name).warning("the name").stream().toList();
    }

    private static List<Warning> ofLocale(@Nullable String locale) {
        return locale == null ? List.of() : ReaderLanguage.warning(locale).stream().toList();
    }
}
