package io.weekly;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.weekly.keys.TestKeyring;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

class UnsafeSettingsTest {

    private static final String SOURCE_USER = "quarkus.datasource.source.username";
    private static final String KEYS = "mp.jwt.verify.publickey.location";

    @Test
    void safeSettingsGiveNoLine() {
        assertThat(unsafe(Map.of())).isEmpty();
        assertThat(unsafe(Map.of(KEYS, "http://localhost:8180/keys"))).isEmpty();
        assertThat(unsafe(Map.of(KEYS, "/etc/weekly/key.pem"))).isEmpty();
    }

    @Test
    void keysFromAnotherMachineWithoutEncryptionAreRefused() {
        assertThat(unsafe(Map.of(KEYS, "http://login.example.com/jwks"))).singleElement().asString()
                .startsWith(KEYS + " is http://login.example.com/jwks").contains("https://");
    }

    @Test
    void datasetsNeedAUserOfTheirOwnUnlessASettingSaysOtherwise() {
        assertThat(unsafe(Map.of(SOURCE_USER, "weekly"))).singleElement().asString()
                .startsWith(SOURCE_USER + " is weekly").contains("weekly.source.allow-service-user=true");
        assertThat(unsafe(Map.of(SOURCE_USER, "weekly", "weekly.source.allow-service-user", "true"))).isEmpty();
        assertThat(unsafe(Map.of(SOURCE_USER, "weekly", "weekly.source.allow-service-user", "false"))).hasSize(1);
        assertThat(unsafe(Map.of(SOURCE_USER, ""))).as("without it, the default is the user of the service").hasSize(1);
    }

    @Test
    void theKeysOfAnEarlierVersionAreNotIgnoredInSilence() {
        assertThat(unsafe(Map.of("weekly.secrets.k1", "aVeryLongKey", "weekly.secrets.current", "k1"))).singleElement().asString()
                .startsWith("weekly.secrets.current has no effect").contains("weekly.keys.").doesNotContain("aVeryLongKey");
    }

    @Test
    void missingSettingsAreReportedFirst() {
        assertThat(Main.errors(config(Map.of(SOURCE_USER, "weekly", "quarkus.datasource.username", "weekly"))))
                .hasSize(2).allSatisfy(line -> assertThat(line).contains("is missing"));
    }

    @Test
    void encryptionWithoutAKeyStopsTheStartAndTheErrorNamesBothSettings() {
        assertThat(Main.errors(config(Map.of("weekly.store.encryption", "on"))))
                .anyMatch(line -> line.startsWith("weekly.store.encryption is on") && line.contains("weekly.keys.current"));
        var withKey = Map.of("weekly.store.encryption", "on", "weekly.keys.k1", TestKeyring.ONE, "weekly.keys.current", "k1");
        assertThat(Main.errors(config(withKey)))
                .noneMatch(line -> line.contains("weekly.store.encryption"));
        assertThat(Main.errors(config(Map.of("weekly.store.encryption", "off")))).noneMatch(line -> line.contains("weekly.store"));
    }

    private static List<String> unsafe(Map<String, String> changed) {
        return UnsafeSettings.in(config(changed));
    }

    private static Config config(Map<String, String> changed) {
        var settings = new HashMap<>(Map.of(
                "quarkus.datasource.reactive.url", "mysql://db.example.com/weekly", "quarkus.datasource.username", "weekly",
                SOURCE_USER, "weekly_source", KEYS, "https://login.example.com/jwks"));
        settings.putAll(changed);
        return new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(settings, "test", 100)).build();
    }
}
