package io.weekly.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the database. */
@ConfigMapping(prefix = "weekly.database")
interface DatabaseConfig {

    /**
     * How long, at most, a fault that a check cannot rule out (rights, connections, disk space) must stay away before an outage ends. The
     * time is ten seconds at first. It doubles up to this value if outages follow each other.
     */
    @WithDefault("5m")
    Duration maxQuietTime();

    /** Whether connections are encrypted, and what is checked about the server. Without it, the settings of Quarkus apply. */
    Optional<TlsMode> tls();

    /** A PEM file with the certificates of the authorities that may sign the certificate of the server; by default those of the JDK. */
    Optional<Path> tlsCa();
}
