package io.weekly.keys;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Keyrings without an application. */
public final class TestKeyring {

    /** Two keys that everybody knows. */
    public static final String ONE = Base64.getEncoder().encodeToString(new byte[32]);
    public static final String TWO = Base64.getEncoder().encodeToString("01234567890123456789012345678901".getBytes());

    private TestKeyring() {}

    /** A keyring without keys. */
    public static Keyring empty() {
        return of(Map.of());
    }

    public static Keyring of(String current, Map<String, String> keys) {
        var settings = new HashMap<>(keys);
        settings.put(Keyring.CURRENT, current);
        return of(settings);
    }

    static Keyring of(Map<String, String> settings) {
        return new Keyring(() -> settings);
    }
}
