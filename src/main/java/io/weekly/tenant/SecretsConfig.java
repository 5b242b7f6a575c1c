package io.weekly.tenant;

import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Optional;

/** {@code weekly.secrets.*}: the keys that encrypt PDF passwords in the database. */
@ConfigMapping(prefix = "weekly.secrets")
public interface SecretsConfig {

    /** The keys by id, 32 bytes each in Base64. Keep a key as long as passwords are stored under it. */
    Map<String, String> keys();

    /** The id of the key for new passwords. Without it no password can be set. */
    Optional<String> current();
}
