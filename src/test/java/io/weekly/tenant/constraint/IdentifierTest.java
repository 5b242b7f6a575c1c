package io.weekly.tenant.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

    private static final Pattern FORM = Pattern.compile(Identifier.FORM);

    @ParameterizedTest
    @ValueSource(strings = {
        "", "u-17", "a b", "Zürich",
        "a b/cé", "u' OR '1'='1", "\uD83D\uDE80", "株式会社", "a\u200bb", "a\u00a0b", "vip \u2b50\ufe0f"})
    void textWithoutBlanksAtItsEndsIsAnIdentifier(String text) {
        assertThat(isIdentifier(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        " ", "u ", " u", "u  ", "\t", "u\t", "u\n", "u\u00a0", "\u3000u", "u\u2003", "u\u200b", "u\u200d", "\ufeffu", "u\u00ad", "u\u2060",
        "u\u3164", "\u115fu", "u\uffa0", "u\u034f", "u\udb40\udc02",
        "a\u0000b", "a\nb", "a\u0085b", "a\u2028b", "a\ud800", "\udc00a", "a\ud800b", "a\ufffdb"})
    void otherTextIsNot(String text) {
        assertThat(isIdentifier(text)).isFalse();
    }

    @Property
    void anIdentifierIsTheSameWithoutTheBlanksAtItsEnds(
            @ForAll @StringLength(max = 6) @Chars({' ', '\u00a0', '\u200b', '\t', 'u', '1', '\ufeff'}) @CharRange(from = 'a', to = 'c')
                    String text) {
        var trimmed = text.replaceAll("^[\\s\\p{Z}\\p{Cf}]+|[\\s\\p{Z}\\p{Cf}]+$", "");

        assertThat(isIdentifier(text)).isEqualTo(text.equals(trimmed) && text.indexOf('\t') < 0);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void aLongTextIsCheckedInLinearTime() {
        assertThatCode(() -> isIdentifier(" ".repeat(1_000_000))).doesNotThrowAnyException();
        assertThat(isIdentifier("a" + " ".repeat(1_000_000))).isFalse();
        assertThat(isIdentifier("a" + " a".repeat(500_000))).isTrue();
    }

    private static boolean isIdentifier(String text) {
        return FORM.matcher(text).matches();
    }
}
