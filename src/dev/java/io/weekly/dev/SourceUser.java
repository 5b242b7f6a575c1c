package io.weekly.dev;

import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Database;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The user that datasets are read as in dev mode, as docs/source.md advises for production: of the service's own database it may read what
 * the built-in definitions need. Other databases on the same server are the developer's, and may be read.
 *
 * <p>The user has to be there before the first connection, its rights only after the migrations: nothing can be granted on a table that is
 * not there yet.
 */
@Singleton
public final class SourceUser {

    public static final String NAME = "weekly_source";
    public static final String PASSWORD = "reads-only";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int BEFORE_ANY_REPORT = 1;
    private static final List<String> GRANTS = List.of(
            "GRANT SELECT ON metric TO " + NAME,
            "GRANT SELECT (id, slug, name, zone, ended_at) ON tenant TO " + NAME);
    private static final String OTHER_DATABASES = """
            SELECT schema_name
            FROM information_schema.schemata
            WHERE schema_name NOT IN (DATABASE(), 'mysql', 'sys', 'information_schema', 'performance_schema')
              AND schema_name NOT LIKE 'weekly%'""";

    private final Database database;
    private final boolean isUsed;

    SourceUser(Database database, @ConfigProperty(name = "quarkus.datasource.source.username", defaultValue = "") String user) {
        this.database = database;
        this.isUsed = user.equals(NAME);
    }

    /** On a server that is ours to set up. */
    public static void create(String host, int port, String user, String password) {
        DatabaseServer.execute(host, port, user, password, "CREATE USER IF NOT EXISTS " + NAME + " IDENTIFIED BY '" + PASSWORD + "'");
    }

    void grant(@Observes @Priority(BEFORE_ANY_REPORT) StartupEvent started) {
        if (isUsed) {
            var grants = new ArrayList<>(GRANTS);
            for (Row other : database.client().query(OTHER_DATABASES).execute().await().atMost(PATIENCE)) {
                grants.add("GRANT SELECT ON `%s`.* TO %s".formatted(other.getString(0), NAME));
            }
            grants.forEach(grant -> database.client().query(grant).execute().await().atMost(PATIENCE));
        }
    }
}
