package io.weekly.database;

import io.quarkus.arc.Unremovable;
import io.quarkus.reactive.mysql.client.MySQLPoolCreator;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Singleton;

/**
 * Sets each connection of the service's own pool to READ COMMITTED and UTC when it is opened. The client ignores {@code sessionVariables}
 * in the URL, so this class sets them.
 */
@Singleton
@Unremovable
public class ServiceConnections implements MySQLPoolCreator {

    private static final String READ_COMMITTED = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
    private static final String UTC = "SET SESSION time_zone = '+00:00'";

    private final DatabaseTls tls;

    ServiceConnections(DatabaseTls tls) {
        this.tls = tls;
    }

    @Override
    public Pool create(Input input) {
        return new MonitoredPool(MySQLBuilder.pool()
                .with(new PoolOptions(input.poolOptions()).setName("weekly"))
                .connectingTo(tls.options(input.mySQLConnectOptionsList()))
                .using(input.vertx())
                .withConnectHandler(new SessionSetup("database", READ_COMMITTED, UTC))
                .build());
    }
}
