package io.weekly.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Encrypts the connections of migrations like all others. Flyway takes them from the pool of Quarkus, or opens them itself if it has a user
 * of its own. With {@link DatabaseTls} it always opens them itself, so that one address has all that the driver needs to know.
 */
@Singleton
class MigrationConnections implements FlywayConfigurationCustomizer {

    private final DatabaseTls tls;
    private final String url;
    private final String user;
    private final String password;

    MigrationConnections(
            DatabaseTls tls,
            @ConfigProperty(name = "quarkus.flyway.jdbc-url") Optional<String> ownUrl,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.flyway.username") Optional<String> ownUser,
            @ConfigProperty(name = "quarkus.flyway.password") Optional<String> ownPassword,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.tls = tls;
        this.url = ownUrl.orElse(url);
        this.user = ownUser.or(() -> user).orElse("");
        this.password = (ownUser.isPresent() ? ownPassword : password).orElse("");
    }

    @Override
    public void customize(FluentConfiguration flyway) {
        tls.jdbcUrl(url).ifPresent(encrypted -> flyway.dataSource(encrypted, user, password));
    }
}
