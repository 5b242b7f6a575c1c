package io.weekly.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.Map;

/** The lanes work, and the definitions of {@code src/test/resources/definitions} are loaded beside the built-in ones. */
public final class TestDefinitions implements QuarkusTestProfile {

    static final String FOLDER = Path.of("src/test/resources/definitions").toAbsolutePath().toString();

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("weekly.definitions.dir", FOLDER, "weekly.delivery.rate-per-second", "500");
    }
}
