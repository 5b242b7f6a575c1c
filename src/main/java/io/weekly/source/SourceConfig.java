package io.weekly.source;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** {@code weekly.source.*}: how datasets are read. The connection itself is {@code quarkus.datasource.source.*}. */
@ConfigMapping(prefix = "weekly.source")
public interface SourceConfig {

    /** How long all the datasets of one report may take together. */
    @WithDefault("60s")
    Duration timeout();

    /** How long one dataset may take, where its definition does not say. */
    @WithDefault("30s")
    Duration datasetTimeout();

    /** How much memory the figures of one report may take, roughly, all its datasets together. */
    @WithDefault("64M")
    MemorySize maxBytes();

    /** How long what is equal for a whole run is used by its reports before it is read anew. */
    @WithDefault("1h")
    Duration sharedMaxAge();

    /** How much of that a process keeps, roughly, for all runs together. */
    @WithDefault("64M")
    MemorySize sharedMaxBytes();

    /**
     * When datasets may be read in bulk, such as {@code 20:00-06:00 Europe/Vienna}; at any hour where it is left out. What somebody asked
     * for and waits for is read at any hour.
     */
    Optional<@WithConverter(AllowedHours.Reader.class) AllowedHours> allowedHours();
}
