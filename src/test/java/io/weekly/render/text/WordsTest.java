package io.weekly.render.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final Pattern SLOTS = Pattern.compile("\\{\\d}");

    @Test
    void everyLanguageHasEveryWordWithTheSameSlots() {
        var english = Words.of(Locale.ENGLISH);
        for (var language : Words.LANGUAGES) {
            var words = Words.of(Locale.forLanguageTag(language));

            assertThat(words.keySet()).as(language).isEqualTo(english.keySet());
            words.forEach((key, text) -> assertThat(slots(text)).as(language + " " + key).isEqualTo(slots(english.get(key))));
            if (!language.equals("en")) {
                assertThat(words).as(language).doesNotContainEntry("nothing_text", english.get("nothing_text"));
            }
        }
    }

    @Test
    void aLanguageThatIsNotThereGetsEnglish() {
        assertThat(Words.of(Locale.forLanguageTag("ja"))).isEqualTo(Words.of(Locale.ENGLISH));
        assertThat(Words.of(Locale.forLanguageTag("de-AT"))).isEqualTo(Words.of(Locale.GERMAN));
    }

    private static TreeSet<String> slots(String text) {
        return new TreeSet<>(SLOTS.matcher(text).results().map(match -> match.group()).toList());
    }
}
