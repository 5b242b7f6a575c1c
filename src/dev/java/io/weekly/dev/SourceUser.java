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
 * The database user that reads datasets in dev mode, as docs/source.md recommends for production. It may read those tables of the service
 * that the built-in definitions need. It may read all other databases of the server, because they are the developer's.
 *
 * <p>The user is created before the first connection. Its rights are granted after the migrations, because a table has to exist for that.
 */
@Singleton
public final class SourceUser {

    /** The name of the user. */
    public static final String NAME = "weekly_source";
    /** Its password. */
    public static final String PASSWORD = "reads-only";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
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

    /** Creates the user, without rights. The account has to be an administrator of the server. */
    public static void create(String host, int port, String user, String password) {
        DatabaseServer.execute(host, port, user, password, "CREATE USER IF NOT EXISTS " + NAME + " IDENTIFIED BY '" + PASSWORD + "'");
    }

    void grant(@Observes @Priority(BEFORE_ANY_REPORT) StartupEvent started) {
        if (isUsed) {
            var grants = new ArrayList<>(GRANTS);
            for (Row other : database.client().query(OTHER_DATABASES).execute().await().atMost(TIMEOUT)) {
                grants.add("GRANT SELECT ON `%s`.* TO %s".formatted(other.getString(0), NAME));
            }
            grants.forEach(grant -> database.client().query(grant).execute().await().atMost(TIMEOUT));
        }
    }
}
