package io.weekly.database;

import io.quarkus.arc.Unremovable;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.mysql.client.MySQLPoolCreator;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
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
        return new AttendedPool(MySQLBuilder.pool()
                .with(new PoolOptions(input.poolOptions()).setName("source"))
                .connectingTo(new ArrayList<SqlConnectOptions>(input.mySQLConnectOptionsList()))
                .using(input.vertx())
                .withConnectHandler(new SetUp("source", SNAPSHOTS, UTC))
                .build());
    }
}
