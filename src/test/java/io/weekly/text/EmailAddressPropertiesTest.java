package io.weekly.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.weekly.text.EmailAddress.Valid;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EmailAddressPropertiesTest {

    /** Parts that addresses are made of, and parts that break them. */
    @Provide
    Arbitrary<String> similarToAddresses() {
        var part = Arbitraries.of(
                "a", "Bea", "1", "-", "--", ".", "..", "@", "xn--", "mller-kva", "ü", "ß", "İ", "ſ", "\u3002", "\uFF20", "א", "ا", "\u200D",
                "\u0308", "😀", "\uD800", "\"", "(", " ", "\n", "example", "test", "İ.test", "A".repeat(63), "ü".repeat(59), "+", "'");
        return part.list().ofMaxSize(12)
                .map(parts -> String.join("", parts))
                .flatMap(text -> Arbitraries.of(text, "a@" + text, text + ".test"));
    }

    @Property(tries = 3000)
    void aValidAddressStaysTheSameAndHasNoCharacterThatAHeaderWouldQuote(@ForAll("similarToAddresses") String text) {
        if (EmailAddress.parse(text) instanceof Valid valid) {
            assertThat(EmailAddress.parse(valid.normal())).isEqualTo(valid);
            assertThat(valid.normal()).matches("[!-~&&[^\"(),:;<>\\[\\]\\\\]]+").hasSizeLessThanOrEqualTo(254);
            assertThat(EmailAddress.comparison(valid.comparison())).isEqualTo(valid.comparison());
        }
    }

    @Property(tries = 3000)
    void noTextMakesItThrow(@ForAll String text) {
        assertThat(EmailAddress.parse(text)).isNotNull();
        assertThat(EmailAddress.parse("a@" + text)).isNotNull();
        assertThat(EmailAddress.normal(text)).isNotNull();
    }

    @Example
    void aLongTextTakesLittleTime() {
        for (var part : new String[] {"a", "a.", "@", ".", "ü", "\u0308", "xn--", "\"", "-"}) {
            var text = part.repeat(2_000_000);
            assertTimeout(Duration.ofSeconds(1), () -> EmailAddress.parse("a@" + text), part);
            assertTimeout(Duration.ofSeconds(1), () -> EmailAddress.parse(text + "@a.test"), part);
            assertTimeout(Duration.ofSeconds(1), () -> EmailAddress.parse("a@" + text.substring(0, 998)), part);
        }
    }
}
