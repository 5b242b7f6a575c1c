package io.weekly.tenant;

import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Optional;

/** {@code weekly.secrets.*}: what the passwords of PDFs are encrypted with in the database. */
@ConfigMapping(prefix = "weekly.secrets")
public interface SecretsConfig {

    /** The keys by their ids: 32 bytes each, as Base64. One that anything was stored under stays as long as that is to be read. */
    Map<String, String> keys();

    /** The id of the key that is used from now on; without one no password can be set. */
    Optional<String> current();
}
