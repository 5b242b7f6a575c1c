package io.weekly.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Like {@link HandDriven}, with {@link MoodyMailServer}. The application gives up on a silent mail server after 4 s. */
public final class HandDrivenMails implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        var config = new HashMap<>(new MoodyMailServer.Profile().getConfigOverrides());
        config.putAll(new HandDriven().getConfigOverrides());
        config.put("weekly.delivery.timeout", "4s");
        // A thousand mails at once must have their send times within a part of this timeout.
        config.put("weekly.delivery.rate-per-second", "100000");
        return config;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(MoodyMailServer.class));
    }
}
