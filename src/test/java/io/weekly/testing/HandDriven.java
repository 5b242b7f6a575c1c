package io.weekly.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.weekly.keys.TestKeyring;
import java.util.HashMap;
import java.util.Map;

/**
 * No lane works and no timer runs: the test does each step itself. The application also accepts a frontend of another origin, tells
 * browsers to use HTTPS only, trusts a proxy on 127.0.0.1, encrypts files, has an old key, and does not wait long for slow clients. So the
 * tests of these things need no application of their own.
 */
public final class HandDriven implements QuarkusTestProfile {

    /** The only other origin that may call the application from a browser. */
    public static final String FRONTEND = "https://app.example.com";
    /** The id of a key that is not the current one: {@link TestKeyring#TWO}. */
    public static final String OLD_KEY = "old";

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(Map.of(
                "weekly.worker.lanes", "none",
                "quarkus.scheduler.enabled", "false",
                // Stops the timers. Tests still call the methods.
                "quarkus.scheduler.start-mode", "halted",
                "weekly.http.hsts-max-age", "365d",
                "quarkus.http.proxy.proxy-address-forwarding", "true",
                "quarkus.http.proxy.trusted-proxies", "127.0.0.1",
                "weekly.http.head-timeout", "2s",
                "weekly.http.body-timeout", "3s",
                "quarkus.http.cors.enabled", "true",
                "quarkus.http.cors.origins", FRONTEND));
        settings.put("weekly.store.encryption", "on");
        settings.put("weekly.keys." + OLD_KEY, TestKeyring.TWO);
        return settings;
    }
}
