package io.weekly.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Nothing happens by itself: no lane works, no schedule ticks. The test does every step. */
public final class HandDriven implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "weekly.worker.lanes", "none",
                "quarkus.scheduler.enabled", "false",
                // Methods stay callable; only their timers are gone.
                "quarkus.scheduler.start-mode", "halted");
    }
}
