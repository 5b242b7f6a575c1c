package io.weekly.report;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code weekly.source.*}: how datasets are read. The connection itself is {@code quarkus.datasource.source.*}. */
@ConfigMapping(prefix = "weekly.source")
public interface SourceConfig {

    /** How long all the datasets of one report may take together. */
    @WithDefault("60s")
    Duration timeout();
}
