package io.weekly.keys;

import static io.weekly.keys.TestKeyring.ONE;
import static io.weekly.keys.TestKeyring.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyringSettingsTest {

    @Test
    void keysComeFromAFileOrFromTheEnvironment() {
        var file = config(Map.of("weekly.keys.k1", ONE, "weekly.keys.K-2_b", " " + TWO + "\n", "weekly.keys.current", "k1"), Map.of());
        var environment = config(Map.of("weekly.keys.k1", ONE), Map.of("WEEKLY_KEYS_K2", TWO, "WEEKLY_KEYS_CURRENT", "k2"));

        assertThat(both(file)).allSatisfy(settings -> {
            assertThat(settings.faults()).isEmpty();
            assertThat(settings.keys()).containsOnlyKeys("k1", "K-2_b");
            assertThat(settings.current()).contains("k1");
        });
        assertThat(both(environment)).allSatisfy(settings -> {
            assertThat(settings.faults()).isEmpty();
            assertThat(settings.keys()).containsOnlyKeys("k1", "k2");
            assertThat(settings.current()).contains("k2");
        });
        assertThat(both(config(Map.of(), Map.of()))).allSatisfy(settings -> {
            assertThat(settings.faults()).isEmpty();
            assertThat(settings.current()).isEmpty();
        });
    }

    /** Somebody may also paste a key into the wrong setting. */
    @ParameterizedTest
    @ValueSource(strings = {
        "c2hvcnQ=", "no base64!", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MA==", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMw=="})
    void noFaultContainsTheKey(String key) {
        var faults = both(config(Map.of("weekly.keys.k1", key, "weekly.keys.current", "k1"), Map.of()));

        assertThat(faults).allSatisfy(settings -> assertThat(settings.faults())
                .containsExactly("weekly.keys.k1 must be 32 bytes in Base64, for example from openssl rand -base64 32"));
        assertThat(both(config(Map.of("weekly.keys.k1", ONE, "weekly.keys.current", ONE), Map.of()))).allSatisfy(settings ->
                assertThat(settings.faults()).singleElement().asString().startsWith("weekly.keys.current must be").doesNotContain(ONE));
    }

    @Test
    void eachFaultNamesItsSetting() {
        assertThat(faults(Map.of("weekly.keys.k1", ONE))).containsExactly(
                "weekly.keys.current is missing: it must be the id of the key for what is made from now on, one of k1");
        assertThat(faults(Map.of("weekly.keys.k1", ONE, "weekly.keys.current", "")))
                .singleElement().asString().startsWith("weekly.keys.current is missing");
        assertThat(faults(Map.of("weekly.keys.k1", ONE, "weekly.keys.current", "k2")))
                .containsExactly("weekly.keys.current is k2, but there is no weekly.keys.k2");
        assertThat(faults(Map.of("weekly.keys.k1", "", "weekly.keys.current", "k1")))
                .singleElement().asString().startsWith("weekly.keys.k1 must be 32 bytes");
        assertThat(faults(Map.of("weekly.keys.current", "k2")))
                .containsExactly("weekly.keys.current is k2, but there is no weekly.keys.k2");
        for (var id : List.of("a.b", "a b", "ä", "x".repeat(33))) {
            assertThat(faults(Map.of("weekly.keys." + id, ONE, "weekly.keys.k1", ONE, "weekly.keys.current", "k1")))
                    .containsExactly("weekly.keys." + id + ": the id must have 1 to 32 characters of A-Z, a-z, 0-9, _ and -");
        }
    }

    /** The settings as the start checks them, and as the keyring gets them. */
    private static List<KeyringSettings> both(SmallRyeConfig config) {
        return List.of(KeyringSettings.of(config), KeyringSettings.of(config.getConfigMapping(KeyringConfig.class)));
    }

    private static List<String> faults(Map<String, String> properties) {
        return KeyringSettings.of(new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(properties, "file", 100)).build())
                .faults();
    }

    private static SmallRyeConfig config(Map<String, String> properties, Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "file", 100), new EnvConfigSource(environment, 300))
                .withMapping(KeyringConfig.class)
                .build();
    }
}
