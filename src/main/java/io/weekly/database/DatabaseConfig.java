package io.weekly.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the database. */
@ConfigMapping(prefix = "weekly.database")
interface DatabaseConfig {

    /**
     * How long, at most, a fault that a check cannot rule out (rights, connections, disk space) must stay away before an outage ends. The
     * time is ten seconds at first. It doubles up to this value if outages follow each other.
     */
    @WithDefault("5m")
    Duration maxQuietTime();
}
