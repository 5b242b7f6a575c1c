package io.weekly.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * No lane works and no timer runs: the test does each step itself. The application also accepts a frontend of another origin, so that the
 * test of that needs no application of its own. Requests without an {@code Origin} header are not affected.
 */
public final class HandDriven implements QuarkusTestProfile {

    /** The only other origin that may call the application from a browser. */
    public static final String FRONTEND = "https://app.example.com";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "weekly.worker.lanes", "none",
                "quarkus.scheduler.enabled", "false",
                // Stops the timers. Tests still call the methods.
                "quarkus.scheduler.start-mode", "halted",
                "quarkus.http.cors.enabled", "true",
                "quarkus.http.cors.origins", FRONTEND);
    }
}
