package io.weekly.database;

import io.quarkus.arc.Unremovable;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.mysql.client.MySQLPoolCreator;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Singleton;

/**
 * Sets the connections that read datasets to REPEATABLE READ, read only and UTC. With REPEATABLE READ all datasets of a report see the same
 * snapshot.
 */
@Singleton
@Unremovable
@ReactiveDataSource("source")
public class SourceConnections implements MySQLPoolCreator {

    private static final String SNAPSHOTS = "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";
    /**
     * A reset sets the character set of the server, but the client writes UTF-8. The collation is the one that the client asks for when it
     * opens a connection. With the mode NO_BACKSLASH_ESCAPES a text would end at another place than the check of definitions assumes.
     */
    private static final String TIME_AND_TEXT = """
        SET SESSION time_zone = '+00:00',
            SESSION sql_mode = REPLACE(@@sql_mode, 'NO_BACKSLASH_ESCAPES', ''),
            NAMES utf8mb4 COLLATE utf8mb4_general_ci""";

    private static final SessionSetup SETUP = new SessionSetup("source", SNAPSHOTS, TIME_AND_TEXT);

    private final DatabaseTls tls;

    SourceConnections(DatabaseTls tls) {
        this.tls = tls;
    }

    @Override
    public Pool create(Input input) {
        return new MonitoredPool(MySQLBuilder.pool()
                .with(new PoolOptions(input.poolOptions()).setName("source"))
                .connectingTo(tls.options(input.mySQLConnectOptionsList()))
                .using(input.vertx())
                .withConnectHandler(SETUP)
                .build());
    }

    /**
     * Returns a connection to the state in which it was opened. The server ends its transaction, and removes its locks, variables,
     * temporary tables and changed settings. A function of the platform's database can leave such a state, which the next report would see.
     */
    public static Uni<Void> reset(SqlConnection connection) {
        var delegate = connection.getDelegate();
        return Uni.createFrom().deferred(() ->
                UniHelper.toUni(MySQLConnection.cast(delegate).resetConnection().compose(_ -> SETUP.apply(delegate))));
    }

    /**
     * Closes the socket of a connection that does not answer. The pool then removes the connection. {@code close()} would return the
     * connection to the pool for the next user, and the client has no other method to discard one.
     */
    public static void cut(SqlConnection connection) {
        // Not the socket's own close(): that waits until all data is sent.
        ClientSocket.of(connection.getDelegate()).close();
    }
}
