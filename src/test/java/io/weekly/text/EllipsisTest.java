package io.weekly.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EllipsisTest {
    /** One character of two UTF-16 units. */
    private static final String EMOJI = "\uD83D\uDE00";

    @Test
    void aTextThatFitsStaysAsItIs() {
        assertThat(Ellipsis.shorten("", 1)).isEmpty();
        assertThat(Ellipsis.shorten("12345", 5)).isEqualTo("12345");
        assertThat(Ellipsis.shorten(EMOJI.repeat(5), 5)).isEqualTo(EMOJI.repeat(5));
        assertThat(Ellipsis.shortenUnits(EMOJI.repeat(2), 4)).isEqualTo(EMOJI.repeat(2));
    }

    @Test
    void theEllipsisCountsAsOneCharacter() {
        assertThat(Ellipsis.shorten("123456", 5)).isEqualTo("1234…");
        assertThat(Ellipsis.shorten("123456", 1)).isEqualTo("…");
        assertThat(Ellipsis.shorten(EMOJI.repeat(6), 5)).isEqualTo(EMOJI.repeat(4) + "…");
        assertThat(Ellipsis.shortenUnits("123456", 5)).isEqualTo("1234…");
    }

    @Test
    void noBlankStandsBeforeTheEllipsis() {
        assertThat(Ellipsis.shorten("one two", 5)).isEqualTo("one…");
        assertThat(Ellipsis.shortenUnits("one two", 5)).isEqualTo("one…");
    }

    @Test
    void aSurrogatePairIsNeverCutInHalf() {
        for (int max = 1; max < 8; max++) {
            assertWhole(Ellipsis.shorten("a" + EMOJI.repeat(4), max));
            String units = Ellipsis.shortenUnits("a" + EMOJI.repeat(4), max);
            assertWhole(units);
            assertThat(units.length()).isLessThanOrEqualTo(max);
        }
    }

    private static void assertWhole(String text) {
        assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).isEqualTo(text);
    }
}
