package io.weekly.database;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** How all connections to the database are encrypted. */
@ConfigMapping(prefix = TlsConfig.PREFIX)
interface TlsConfig {

    /** Where the settings stand. */
    String PREFIX = "weekly.database.tls";

    /** Whether connections are encrypted, and what is checked about the server. Without it, the settings of Quarkus apply. */
    Optional<TlsMode> mode();

    /** A PEM file with the certificates of the authorities that may sign the certificate of the server; by default those of the JDK. */
    Optional<Path> ca();
}
