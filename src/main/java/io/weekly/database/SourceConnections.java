package io.weekly.database;

import io.quarkus.arc.Unremovable;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.mysql.client.MySQLPoolCreator;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.ArrayList;

/**
 * Sets the connections that read datasets to REPEATABLE READ, read only and UTC. With REPEATABLE READ all datasets of a report see the same
 * snapshot.
 */
@Singleton
@Unremovable
@ReactiveDataSource("source")
public class SourceConnections implements MySQLPoolCreator {

    private static final String SNAPSHOTS = "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";
    private static final String UTC = "SET SESSION time_zone = '+00:00'";

    @Override
    public Pool create(Input input) {
        return new MonitoredPool(MySQLBuilder.pool()
                .with(new PoolOptions(input.poolOptions()).setName("source"))
                .connectingTo(new ArrayList<SqlConnectOptions>(input.mySQLConnectOptionsList()))
                .using(input.vertx())
                .withConnectHandler(new SessionSetup("source", SNAPSHOTS, UTC))
                .build());
    }

    /**
     * Closes the socket of a connection that does not answer. The pool then removes the connection. {@code close()} would return the
     * connection to the pool for the next user, and the client has no other method to discard one.
     */
    public static void cut(SqlConnection connection) {
        ConnectionSocket.of(connection.getDelegate()).close();
    }
}
