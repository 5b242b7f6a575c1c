package io.weekly.render.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.text.Graphemes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTextTest {
    private static final int MAX = 32_767;

    @ParameterizedTest
    @ValueSource(strings = {"👨‍👩‍👧‍👦", "🇩🇪", "e\u0301", "\u0915\u094d\u0937\u093f", "ab"})
    void aLongTextIsCutBetweenVisibleCharacters(String character) {
        for (var before = 0; before < 12; before++) {
            var text = "x".repeat(before) + character.repeat(MAX);

            var cell = CellText.fit(text);

            assertThat(cell).hasSizeLessThanOrEqualTo(MAX).hasSizeGreaterThan(MAX - 20).endsWith("…");
            assertThat(Graphemes.endBefore(text, cell.length() - 1)).isEqualTo(cell.length() - 1);
        }
    }

    /** Excel would show the rest of an escape as it is. */
    @Test
    void anEscapeIsNeverCut() {
        for (var before = 0; before < 20; before++) {
            var cell = CellText.fit("x".repeat(before) + "_x0041_".repeat(5_000));

            assertThat(cell).hasSizeLessThanOrEqualTo(MAX).hasSizeGreaterThan(MAX - 20)
                    .matches("x{%d}(?:_x005F_x0041_)*+(?:_x005F_(?:x0041|x004|x00|x0|x)?)?…".formatted(before));
        }
    }

    @Test
    void aTextThatFitsStaysWhole() {
        assertThat(CellText.fit("a".repeat(MAX))).hasSize(MAX);
        assertThat(CellText.fit("a".repeat(MAX - 7) + "_x0041_").length()).isLessThanOrEqualTo(MAX);
        assertThat(CellText.fit("a".repeat(MAX - 13) + "_x0041_")).endsWith("_x005F_x0041_").hasSize(MAX);
    }
}
