package io.weekly.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenderAddressTest {

    static Stream<Arguments> valid() {
        return Stream.of(
                arguments("reports@acme.test", null, "reports@acme.test"),
                arguments("reports@localhost", null, "reports@localhost"),
                arguments("  reports@ACME.test ", null, "reports@acme.test"),
                arguments("<reports@acme.test>", null, "reports@acme.test"),
                arguments("Weekly Reports <reports@acme.test>", "Weekly Reports", "reports@acme.test"),
                arguments("\"Weekly Reports\" <reports@acme.test>", "Weekly Reports", "reports@acme.test"),
                arguments("\"Reports, weekly <all>\" <reports@acme.test>", "Reports, weekly <all>", "reports@acme.test"),
                arguments("\"The \\\"Acme\\\" way\"<reports@acme.test>", "The \"Acme\" way", "reports@acme.test"),
                arguments("Acme Inc. <reports@acme.test>", "Acme Inc.", "reports@acme.test"),
                arguments("\"\" <reports@acme.test>", null, "reports@acme.test"),
                arguments("Müller & Söhne 🚀 <berichte@müller.example>", "Müller & Söhne 🚀", "berichte@xn--mller-kva.example"));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void anAddressAloneOrWithANameIsRead(String text, @Nullable String name, String address) {
        assertThat(SenderAddress.of(text)).isEqualTo(new SenderAddress(name, address));
        assertThat(SenderAddress.fault(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "reports", "Weekly Reports", "Weekly Reports reports@acme.test", "Weekly Reports <reports@acme.test",
        "Weekly <reports@acme.test> x",
        "a@b.test, c@d.test", "A <a@b.test>, C <c@d.test>", "Reports, weekly <reports@acme.test>", "\"open <reports@acme.test>",
        "\"a\" b\" <reports@acme.test>", "Reports (EU) <reports@acme.test>", "Reports\r\nBcc: x@y.test <reports@acme.test>",
        "=?UTF-8?Q?M=C3=BCller?= <reports@acme.test>", "reports@127.0.0.1", "Reports <reports@[127.0.0.1]>", "<>", "\" <a@b.test>"
    })
    void anythingElseIsRefusedWithAReason(String text) {
        assertThat(SenderAddress.fault(text)).isPresent();
        assertThatThrownBy(() -> SenderAddress.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(SenderAddress.EXPECTED + ": ");
    }

    @Test
    void aNameOfMoreThan200CharactersIsRefused() {
        assertThat(SenderAddress.fault("🚀".repeat(200) + " <a@b.test>")).isEmpty();
        assertThat(SenderAddress.fault("🚀".repeat(201) + " <a@b.test>")).isPresent();
    }

    @Test
    void aLongTextTakesLittleTime() {
        for (var part : new String[] {"\"", "\\", "<", "a ", "\\\"", "=?"}) {
            assertTimeout(Duration.ofSeconds(1), () -> SenderAddress.fault("\"" + part.repeat(500_000) + " <a@b.test>"), part);
        }
    }
}
