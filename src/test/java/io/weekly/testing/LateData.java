package io.weekly.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.Map;

/** Definitions whose data are late, or nothing at all. */
public final class LateData implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "weekly.definitions.dir", Path.of("src/test/resources/late-definitions").toAbsolutePath().toString(),
                "weekly.delivery.rate-per-second", "500");
    }
}
