package io.weekly.tenant;

import static io.weekly.keys.TestKeyring.ONE;
import static io.weekly.keys.TestKeyring.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weekly.keys.TestKeyring;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
    private static final Secrets.Owner ANN = new Secrets.Owner(7, Optional.of("u-1"));

    @Test
    void aPasswordIsDecryptedForItsOwnerOnly() {
        var secrets = secrets(Map.of("a", ONE), "a");
        var column = secrets.column(ANN, PdfPassword.of("correct horse"));

        assertThat(column).startsWith("a:").doesNotContain("correct");
        assertThat(secrets.decrypt(ANN, column)).isEqualTo("correct horse");
        assertThat(secrets.column(ANN, PdfPassword.of("correct horse"))).isNotEqualTo(column);
        assertThatThrownBy(() -> secrets.decrypt(new Secrets.Owner(8, Optional.of("u-1")), column)).hasMessageContaining("another owner");
        assertThatThrownBy(() -> secrets.decrypt(new Secrets.Owner(7, Optional.of("u-2")), column)).hasMessageContaining("another owner");
        assertThatThrownBy(() -> secrets.decrypt(new Secrets.Owner(7, Optional.empty()), column)).hasMessageContaining("another owner");
        assertThatThrownBy(() -> secrets.decrypt(ANN, column.substring(0, 20))).hasMessageContaining("weekly.keys.a");
    }

    @Test
    void aNewKeyEncryptsAndTheOldKeyStillDecrypts() {
        var before = secrets(Map.of("a", ONE), "a").column(ANN, PdfPassword.of("correct horse"));
        var rotated = secrets(Map.of("a", ONE, "b", TWO), "b");

        assertThat(rotated.decrypt(ANN, before)).isEqualTo("correct horse");
        assertThat(rotated.column(ANN, PdfPassword.of("correct horse"))).startsWith("b:");
        assertThatThrownBy(() -> secrets(Map.of("b", TWO), "b").decrypt(ANN, before))
                .hasMessageContaining("weekly.keys.a, which is not configured");
    }

    @Test
    void aFingerprintIsTheSameForTheSamePasswordAndNeedsTheKey() {
        var secrets = secrets(Map.of("a", ONE), "a");

        assertThat(secrets.fingerprint(PdfPassword.of("correct horse"))).isEqualTo(secrets.fingerprint(PdfPassword.of("correct horse")))
                .isNotEqualTo(secrets.fingerprint(PdfPassword.of("correct Horse")))
                .isNotEqualTo(secrets(Map.of("a", TWO), "a").fingerprint(PdfPassword.of("correct horse")));
    }

    @Test
    void withoutAKeyNoPasswordCanBeKept() {
        assertThat(new Secrets(TestKeyring.empty()).canEncrypt()).isFalse();
        assertThat(secrets(Map.of("a", ONE), "a").canEncrypt()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "seven77|false", "eight888|true", "with blanks in it|true", "Überläufer|true", "пароль-2026|true",
        "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301|true",
        "ﬁve-ﬁles-now|false", "ｆｕｌｌｗｉｄｔｈ|false", "no\u00a0break blanks|false", "tab\tin between|false", "zero\u200bwidth one|false"
    })
    void aPasswordIsValidOnlyIfEveryReaderTreatsItAlike(String text, boolean valid) {
        assertThat(PdfPassword.of(text).isValid()).isEqualTo(valid);
        assertThat(PdfPassword.of("x".repeat(127)).isValid()).isTrue();
        assertThat(PdfPassword.of("ü".repeat(64)).isValid()).isFalse();
        assertThat(PdfPassword.of(text)).hasToString("a password");
    }

    private static Secrets secrets(Map<String, String> keys, String current) {
        return new Secrets(TestKeyring.of(current, keys));
    }
}
