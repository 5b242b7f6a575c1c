package io.weekly.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** {@code weekly.store.*} */
@ConfigMapping(prefix = "weekly.store")
public interface StoreConfig {

    /** The folder for all files. All replicas must use the same folder, for example on a shared volume. */
    @WithDefault("reports")
    Path dir();

    /** Whether new files are encrypted. Files are read as they were stored, whatever this says now. */
    @WithDefault("off")
    Encryption encryption();

    /** {@code on} or {@code off}. Not a boolean: a misspelt one would be false. */
    enum Encryption {
        ON,
        OFF
    }
}
