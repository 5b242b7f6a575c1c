package io.weekly.database;

import io.quarkus.arc.Unremovable;
import io.quarkus.reactive.mysql.client.MySQLPoolCreator;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import org.jboss.logging.Logger;

/**
 * Makes every connection of the service's own pool READ COMMITTED and UTC, once, when it is opened. The client ignores
 * {@code sessionVariables} in the URL, so this is the place where it can be said.
 */
@Singleton
@Unremovable
public class Connections implements MySQLPoolCreator {

    private static final Logger LOG = Logger.getLogger(Connections.class);

    private static final String READ_COMMITTED = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
    private static final String UTC = "SET SESSION time_zone = '+00:00'";

    @Override
    public Pool create(Input input) {
        return MySQLBuilder.pool()
                .with(new PoolOptions(input.poolOptions()).setName("weekly"))
                .connectingTo(new ArrayList<SqlConnectOptions>(input.mySQLConnectOptionsList()))
                .using(input.vertx())
                // close() hands the connection to the pool, also when a SET has failed; see ops.DatabaseReady.
                .withConnectHandler(connection -> connection
                        .query(READ_COMMITTED)
                        .execute()
                        .compose(set -> connection.query(UTC).execute())
                        .onFailure(failure -> LOG.errorf(failure, "a new database connection could not be set up"))
                        .onComplete(set -> connection.close()))
                .build();
    }
}
