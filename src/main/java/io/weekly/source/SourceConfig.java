package io.weekly.source;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** {@code weekly.source.*}: limits for reading datasets. The connection is configured with {@code quarkus.datasource.source.*}. */
@ConfigMapping(prefix = "weekly.source")
public interface SourceConfig {

    /** How long all datasets of one report may take together. */
    @WithDefault("60s")
    Duration timeout();

    /** How long one dataset may take if its definition does not say. */
    @WithDefault("30s")
    Duration datasetTimeout();

    /** How much memory all datasets of one report may take together, roughly. */
    @WithDefault("64M")
    MemorySize maxBytes();

    /** How long the reports of a run use shared figures before they are read again. */
    @WithDefault("1h")
    Duration sharedMaxAge();

    /** How much memory the shared figures of all runs may take in one process, roughly. */
    @WithDefault("64M")
    MemorySize sharedMaxBytes();

    /**
     * Whether production may read datasets as the service's own database user. Then the SQL of a definition may do all that the service
     * may. The check at the start reads this setting, before anything else starts.
     */
    @WithDefault("false")
    boolean allowServiceUser();

    /**
     * When datasets may be read for runs, such as {@code 20:00-06:00 Europe/Vienna}. At any hour if it is not set. Reports on demand are
     * read at any hour.
     */
    Optional<@WithConverter(AllowedHours.Reader.class) AllowedHours> allowedHours();
}
