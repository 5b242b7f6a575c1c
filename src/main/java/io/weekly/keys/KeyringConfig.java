package io.weekly.keys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** {@code weekly.keys.*}: the keyring. */
@ConfigMapping(prefix = KeyringConfig.PREFIX)
public interface KeyringConfig {

    /** Where the settings stand. */
    String PREFIX = "weekly.keys";

    /**
     * The keys by id, 32 bytes each in Base64. The name {@link Keyring#CURRENT} is no key: its value is the id of the key for what is made
     * from now on. Keep an old key as long as something needs it ({@link KeyUses}).
     */
    @WithParentName
    Map<String, String> settings();
}
