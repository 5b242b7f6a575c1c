package io.weekly.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.render.brand.Brand;
import io.weekly.render.template.ReportTemplate;
import io.weekly.render.text.Formats;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailTextTest {

    /** Escape sequences of a terminal, for example, would be run by a mail program in a terminal. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0007", "\b", "\u001b", "\u009b", "\u007f", "\u0085x\u0090"})
    void aControlCharacterDoesNotReachThePlainText(String control) {
        var text = ReportTemplate.parse("x/mail.txt", "{name}\n{m.hello.with(name)}").compose(
                Map.of("name", "A" + control + "[31mB"), Map.of("hello", "Hello {0}"), new Formats(Locale.ENGLISH), Brand.of("#0b5cad"));

        assertThat(text.chars()).noneMatch(c -> Character.isISOControl(c) && c != '\n');
        assertThat(text).contains("\ufffd").startsWith("A").contains("Hello A");
    }
}
