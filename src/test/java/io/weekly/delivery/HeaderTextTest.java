package io.weekly.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class HeaderTextTest {

    @Example
    void plainTextStaysAsItIs() {
        assertThat(HeaderText.unstructured("Subject", "Sales of week 40: +12% (A & B)")).isEqualTo("Sales of week 40: +12% (A & B)");
    }

    @Example
    void otherCharactersAreEncodedAsWholeCodePoints() throws Exception {
        for (var text : new String[] {"👩‍👩‍👧 🚀 日本語 ไทย", "Sales 💶 40", "a".repeat(38) + "💶", "=?UTF-8?Q?no?=", "x".repeat(300)}) {
            var value = HeaderText.unstructured("Subject", text);

            assertThat(value).startsWith("=?UTF-8?B?");
            assertThat(MimeUtility.decodeText(MimeUtility.unfold(value))).isEqualTo(text);
        }
    }

    @Example
    void plainTextIsFoldedAtASpaceAndUnfoldsUnchanged() {
        var text = "The figures of the week  and those before it, ".repeat(8).strip();

        var value = HeaderText.unstructured("Subject", text);

        assertThat(value).contains("\r\n ");
        assertThat(value.replace("\r\n", "")).isEqualTo(text);
    }

    @Property(tries = 300)
    void noTextMakesALongLineOrASecondHeader(@ForAll @StringLength(max = 400) String text) {
        for (var line : ("Subject: " + HeaderText.unstructured("Subject", "x" + text)).split("\r\n")) {
            assertThat(line).hasSizeLessThanOrEqualTo(76).isNotBlank().doesNotContain("\r", "\n");
            assertThat(line.chars()).allMatch(character -> character < 128);
        }
        assertThat(HeaderText.unstructured("Subject", text).replace("\r\n ", "")).doesNotContain("\r", "\n");
    }
}
