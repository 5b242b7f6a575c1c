package io.weekly.database;

import io.quarkus.arc.Unremovable;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.mysql.client.MySQLPoolCreator;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import jakarta.inject.Singleton;
import java.util.ArrayList;

/**
 * The connections over which reports read their datasets: REPEATABLE READ, so that all the datasets of one report see one
 * snapshot, read only, and UTC.
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
     * Closes the socket of a connection that does not answer, and with that frees its place in the pool. Its {@code close()} would hand it
     * to whoever comes next; the client has no other way to let go of one.
     */
    public static void cut(SqlConnection connection) {
        if (connection.getDelegate() instanceof SqlConnectionInternal pooled && pooled.unwrap().unwrap() instanceof SocketConnectionBase it) {
            // Not the socket's own close(): that waits until all is sent.
            it.socket().channelHandlerContext().close();
        } else {
            throw new IllegalStateException("no connection of the MySQL client: " + connection.getDelegate().getClass());
        }
    }
}
