package io.weekly.keys;

import static io.weekly.keys.TestKeyring.ONE;
import static io.weekly.keys.TestKeyring.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyringTest {

    private final Keyring keyring = TestKeyring.of("b", Map.of("a", ONE, "b", TWO));

    /** The expected values come from another implementation of RFC 5869. If one changes, everything made with its keys is lost. */
    @Test
    void keysAreDerivedWithHkdfSha256() {
        assertThat(derived("b", KeyPurpose.PDF_PASSWORD))
                .isEqualTo("6621cb361d550f2fe95ca83032bf94f29f7cf14b686028c6ed6711b124224c1e");
        assertThat(derived("b", KeyPurpose.REQUEST_FINGERPRINT))
                .isEqualTo("d18f775ba2aa49c25f70afd927497c0447bf18b08aee1aab66f136097d0d268e");
        assertThat(derived("b", KeyPurpose.LINK))
                .isEqualTo("3bae7a91142318ba30fc09fb35e65c05c358fda4fa608ea0a65d0ca80dfd5cee");
        assertThat(derived("b", KeyPurpose.LINK_ROW))
                .isEqualTo("9402a83e8afafdeb7253afbcf61b0d31f6a69505c320195e18a8672dcb572002");
    }

    @Test
    void eachPurposeHasItsOwnKey() {
        var different = new HashSet<>(List.of(hex(ONE), hex(TWO)));
        for (var id : keyring.ids()) {
            Arrays.stream(KeyPurpose.values()).forEach(purpose -> different.add(derived(id, purpose)));
        }

        assertThat(different).hasSize(2 + 2 * KeyPurpose.values().length);
    }

    @Test
    void theCurrentKeyIsTheOneThatTheSettingNames() {
        assertThat(keyring.current()).contains("b");
        assertThat(keyring.ids()).containsExactly("a", "b");
        assertThat(keyring.find("c", KeyPurpose.PDF_PASSWORD)).isEmpty();
        assertThat(TestKeyring.empty().current()).isEmpty();
    }

    @Test
    void withAWrongSettingThereIsNoKeyring() {
        assertThatThrownBy(() -> TestKeyring.of("b", Map.of("a", ONE, "c", "short")))
                .hasMessageContaining("weekly.keys.current is b, but there is no weekly.keys.b")
                .hasMessageContaining("weekly.keys.c must be 32 bytes");
    }

    private String derived(String id, KeyPurpose purpose) {
        return HexFormat.of().formatHex(keyring.find(id, purpose).orElseThrow().getEncoded());
    }

    private static String hex(String base64) {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
    }
}
