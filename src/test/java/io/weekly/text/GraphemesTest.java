package io.weekly.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.text.BreakIterator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GraphemesTest {
    private static final String FAMILY = "👨‍👩‍👧‍👦";
    private static final String FLAG = "🇩🇪";

    @Test
    void aVisibleCharacterEndsAfterAllOfItsCodePoints() {
        assertThat(Graphemes.next("e\u0301a", 0)).isEqualTo(2);
        assertThat(Graphemes.next(FAMILY + "a", 0)).isEqualTo(FAMILY.length());
        assertThat(Graphemes.next(FLAG + FLAG, 0)).isEqualTo(FLAG.length());
        assertThat(Graphemes.next("👍🏽", 0)).isEqualTo(4);
        assertThat(Graphemes.next("\r\n", 0)).isEqualTo(2);
        assertThat(Graphemes.endBefore("ab" + FAMILY, 5)).isEqualTo(2);
        assertThat(Graphemes.endBefore(FAMILY, FAMILY.length())).isEqualTo(FAMILY.length());
    }

    @Property
    void theEndsAreThoseOfTheJdk(@ForAll("texts") String text, @ForAll @IntRange(max = 40) int max) {
        var ends = new ArrayList<>(List.of(0));
        var characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        for (var end = characters.next(); end != BreakIterator.DONE && end <= max; end = characters.next()) {
            ends.add(end);
        }

        assertThat(Graphemes.endBefore(text, max)).isEqualTo(ends.getLast());
    }

    @Property
    void aShortenedTextIsAPrefixOfWholeCharactersAndFits(@ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 30) int max) {
        var shortened = Ellipsis.shorten(text, max);

        assertThat(shortened.codePointCount(0, shortened.length())).isLessThanOrEqualTo(max);
        if (!shortened.equals(text)) {
            var prefix = shortened.substring(0, shortened.length() - 1);
            assertThat(text).startsWith(prefix);
            assertThat(Graphemes.endBefore(text, prefix.length())).isEqualTo(prefix.length());
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a", " ", "e\u0301", "x\u0302\u0323", FAMILY, FLAG, "👍🏽", "\u0915\u094d\u0937\u093f", "각",
                        "\u1112\u1161\u11ab", "\r\n", "❤\ufe0f", "z\u200d", "\ud83d", "日", "1\ufe0f\u20e3")
                .list().ofMaxSize(20).map(parts -> String.join("", parts));
    }

    @Test
    void theTimeIsLinear() {
        var marks = "a" + "\u0301".repeat(1_000_000);
        var flags = FLAG.repeat(250_000);
        var families = "👩‍".repeat(300_000);

        assertTimeout(Duration.ofSeconds(10), () -> {
            for (var text : List.of(marks, flags, families)) {
                Graphemes.endBefore(text, text.length() - 1);
                Ellipsis.shorten(text, 1000);
            }
        });
    }
}
