package io.weekly.ops;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.weekly.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Checks whether the database does the work of the service: it answers, and it takes writes from this user. While the database is away, the
 * check runs every second, so that the outage ends in a process that nobody asks for its readiness.
 */
@ApplicationScoped
class DatabaseCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    // The isolation level is tx_isolation on MariaDB, transaction_isolation on MySQL, and both on newer MariaDB.
    private static final String SETTINGS =
            """
            SHOW SESSION VARIABLES
            WHERE Variable_name IN ('tx_isolation', 'transaction_isolation', 'time_zone')""";

    // These statements change no row and lock no row. A server refuses them nevertheless if it is read-only or if the user lacks the right.
    private static final String INSERT =
            """
            INSERT INTO worker (id, host, lanes, started_at, last_seen)
            SELECT id, host, lanes, started_at, last_seen
            FROM worker
            WHERE FALSE""";
    private static final String UPDATE =
            """
            UPDATE worker
            SET last_seen = last_seen
            WHERE FALSE""";
    private static final String DELETE =
            """
            DELETE FROM worker
            WHERE FALSE""";

    private final Database database;

    DatabaseCheck(Database database) {
        this.database = database;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> checkWhileAway() {
        // The log has the reason of the outage already.
        return database.isAway() ? settings().replaceWithVoid().onFailure().recoverWithNull() : Uni.createFrom().voidItem();
    }

    /** The session settings of a connection by name. Fails if the database does not do its work, or not in time. */
    Uni<Map<String, String>> settings() {
        return database.check(TIMEOUT, DatabaseCheck::check);
    }

    private static Uni<Map<String, String>> check(SqlConnection connection) {
        return connection.query(INSERT).execute()
                .flatMap(_ -> connection.query(UPDATE).execute())
                .flatMap(_ -> connection.query(DELETE).execute())
                .flatMap(_ -> connection.query(SETTINGS).execute())
                .map(DatabaseCheck::settings);
    }

    private static Map<String, String> settings(RowSet<Row> rows) {
        var settings = new HashMap<String, String>();
        rows.forEach(row -> settings.put(row.getString(0), row.getString(1)));
        return settings;
    }
}
