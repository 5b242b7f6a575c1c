package io.weekly.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** {@code weekly.store.*} */
@ConfigMapping(prefix = "weekly.store")
public interface StoreConfig {

    /** The folder on local disk for all files. All replicas must share it. */
    @WithDefault("reports")
    Path dir();
}
