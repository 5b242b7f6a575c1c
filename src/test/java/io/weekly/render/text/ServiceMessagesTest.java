package io.weekly.render.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ServiceMessagesTest {
    private static final Pattern SLOTS = Pattern.compile("\\{\\d}");

    @Test
    void everyLanguageHasEveryMessageWithTheSamePlaceholders() {
        var english = ServiceMessages.of(Locale.ENGLISH);
        for (var language : ServiceMessages.LANGUAGES) {
            var words = ServiceMessages.of(Locale.forLanguageTag(language));

            assertThat(words.keySet()).as(language).isEqualTo(english.keySet());
            words.forEach((key, text) -> assertThat(slots(text)).as(language + " " + key).isEqualTo(slots(english.get(key))));
            if (!language.equals("en")) {
                assertThat(words).as(language).doesNotContainEntry("nothing_text", english.get("nothing_text"));
            }
        }
    }

    @Test
    void otherLanguagesGetEnglish() {
        assertThat(ServiceMessages.of(Locale.forLanguageTag("ja"))).isEqualTo(ServiceMessages.of(Locale.ENGLISH));
        assertThat(ServiceMessages.of(Locale.forLanguageTag("de-AT"))).isEqualTo(ServiceMessages.of(Locale.GERMAN));
    }

    private static TreeSet<String> slots(String text) {
        return new TreeSet<>(SLOTS.matcher(text).results().map(match -> match.group()).toList());
    }
}
