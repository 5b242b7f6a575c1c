package io.weekly.store.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weekly.keys.TestKeyring;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeySetsTest {

    private static final FileIdentity FILE = new FileIdentity(7, "0a1b", "pdf", "00");
    private static final byte[] CONTENT = {1, 2, 3};

    private final KeySets first = new KeySets(TestKeyring.of("k1", Map.of("k1", TestKeyring.ONE)));
    private final KeySets both = new KeySets(TestKeyring.of("k2", Map.of("k1", TestKeyring.ONE, "k2", TestKeyring.TWO)));
    private final KeySets second = new KeySets(TestKeyring.of("k2", Map.of("k2", TestKeyring.TWO)));

    @Test
    void aKeySetThatWasWrappedAnewIsTheSameKeySet() {
        var before = first.create(7);
        var after = both.wrapAnew(before);

        assertThat(before.keyId()).isEqualTo("k1");
        assertThat(after.keyId()).isEqualTo("k2");
        var encrypted = first.unwrap(before).encrypt(CONTENT, FILE);
        assertThat(TestChannel.decrypt(second.unwrap(after), FILE, encrypted, CONTENT.length)).isEqualTo(CONTENT);
    }

    @Test
    void theKeySetOfAnotherTenantIsRefused() {
        var keySet = first.create(7);
        var copied = new WrappedKeySet(8, keySet.keyId(), keySet.text());

        assertThatThrownBy(() -> first.unwrap(copied)).hasMessageContaining("tenant 8").hasMessageContaining("weekly.keys.k1");
    }

    @Test
    void aChangedKeySetIsRefused() {
        var keySet = first.create(7);
        var bytes = Base64.getDecoder().decode(keySet.text());
        for (var i = 0; i < bytes.length; i += 7) {
            var changed = bytes.clone();
            changed[i] ^= 1;
            var row = new WrappedKeySet(7, "k1", Base64.getEncoder().encodeToString(changed));
            assertThatThrownBy(() -> first.unwrap(row)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void withoutItsKeyTheErrorNamesTheKey() {
        var keySet = first.create(7);

        assertThatThrownBy(() -> second.unwrap(keySet)).hasMessageContaining("weekly.keys.k1, which is not configured");
        assertThatThrownBy(() -> second.wrapAnew(keySet)).hasMessageContaining("weekly.keys.k1, which is not configured");
    }

    @Test
    void theRowHasNoKeyInPlainText() {
        var keySet = first.create(7);

        // The identifier of the kind of key stands in every unwrapped key set.
        assertThat(new String(Base64.getDecoder().decode(keySet.text()), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("AesGcmHkdfStreamingKey");
    }
}
