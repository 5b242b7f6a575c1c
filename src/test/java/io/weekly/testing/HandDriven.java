package io.weekly.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * No lane works and no schedule ticks: the test does every step. The application also accepts a frontend on another origin, so that the
 * test of that needs no application of its own; a request without an {@code Origin} header is not affected.
 */
public final class HandDriven implements QuarkusTestProfile {

    /** The only other origin that may call the application from a browser. */
    public static final String FRONTEND = "https://app.example.com";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "weekly.worker.lanes", "none",
                "quarkus.scheduler.enabled", "false",
                // Methods stay callable; only their timers are gone.
                "quarkus.scheduler.start-mode", "halted",
                "quarkus.http.cors.enabled", "true",
                "quarkus.http.cors.origins", FRONTEND);
    }
}
