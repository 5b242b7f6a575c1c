package io.weekly.delivery.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSignatureTest {

    private static final String SECRET = "a-secret-of-thirty-two-bytes-000";
    private static final String OTHER = "another-secret-of-32-bytes-00000";
    private static final Instant NOW = Instant.ofEpochSecond(1_796_000_000L);
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    /** Computed with: printf '1796000000.{}' | openssl dgst -sha256 -hmac a-secret-of-thirty-two-bytes-000 */
    private static final String BY_OPENSSL = "3b0268b9fd99c766256289c6c8f078f1c5669293ff24a1efabe000b9b2f7a101";

    private static String header(String secret, long time) {
        return "t=%d,v1=%s".formatted(time, HexFormat.of().formatHex(RequestSignature.mac(secret, Long.toString(time), BODY)));
    }

    private static boolean isValid(String header, String... secrets) {
        return RequestSignature.isValid(header, BODY, List.of(secrets), NOW);
    }

    @Test
    void itIsTheHmacThatOpensslComputes() {
        assertThat(isValid("t=1796000000,v1=" + BY_OPENSSL, SECRET)).isTrue();
    }

    @Test
    void eachOfTheSecretsIsAcceptedAndOneOfTheSignaturesIsEnough() {
        var now = NOW.getEpochSecond();
        assertThat(isValid(header(SECRET, now), OTHER, SECRET)).isTrue();
        assertThat(isValid(header(SECRET, now), OTHER)).isFalse();
        assertThat(isValid(header(SECRET, now))).isFalse();
        assertThat(isValid(header(SECRET, now) + ",v1=" + "0".repeat(64), SECRET)).isTrue();
        assertThat(isValid("t=1796000000, v1=" + "0".repeat(64) + " , v1=" + BY_OPENSSL, SECRET)).isTrue();
    }

    @Test
    void itIsValidForFiveMinutes() {
        for (var seconds : List.of(-300, -299, 0, 300)) {
            assertThat(isValid(header(SECRET, NOW.getEpochSecond() + seconds), SECRET)).as("%d", seconds).isTrue();
        }
        for (var seconds : List.of(-301, 301, 86_400)) {
            assertThat(isValid(header(SECRET, NOW.getEpochSecond() + seconds), SECRET)).as("%d", seconds).isFalse();
        }
    }

    @Test
    void anotherBodyOrTimeIsNotSigned() {
        var header = header(SECRET, NOW.getEpochSecond());

        assertThat(RequestSignature.isValid(header, "{ }".getBytes(StandardCharsets.UTF_8), List.of(SECRET), NOW)).isFalse();
        assertThat(isValid(header.replace("t=1796000000", "t=1796000001"), SECRET)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {
        "", "t=", "t=1796000000", "v1=00", "t=1796000000,v1=", "t=1796000000,v1=zz", "t=-1,v1=00",
        "t=99999999999999999999,v1=00", ",,,,", "=",
        "t=1796000000,v0=3b0268b9fd99c766256289c6c8f078f1c5669293ff24a1efabe000b9b2f7a101"
    })
    void anotherFormIsNotSigned(String header) {
        assertThat(isValid(header, SECRET)).isFalse();
    }
}
