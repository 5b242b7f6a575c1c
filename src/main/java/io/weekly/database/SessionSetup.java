package io.weekly.database;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.sqlclient.SqlConnection;
import org.jboss.logging.Logger;

/**
 * What is said to each connection when it is opened, one statement after the other.
 *
 * @param datasource of what it is a connection, for the log
 */
record SessionSetup(String datasource, String first, String second) implements Handler<SqlConnection> {

    private static final Logger LOG = Logger.getLogger(SessionSetup.class);

    @Override
    public void handle(SqlConnection connection) {
        execute(MonitoredPool.logFailures(connection), first)
                .compose(said -> execute(connection, second))
                .onSuccess(said -> connection.close())
                .onFailure(failure -> failed(connection, failure));
    }

    private static Future<?> execute(SqlConnection connection, String statement) {
        return connection.query(statement).execute();
    }

    /** The pool knows of one that was lost meanwhile, and breaks when it is given that back. */
    private void failed(SqlConnection connection, Throwable failure) {
        if (DatabaseAwayException.isLostConnection(failure)) {
            return;
        }
        LOG.errorf(failure, "a new connection of the %s could not be set up", datasource);
        // This hands the connection to the pool all the same; see ops.DatabaseReadiness.
        connection.close();
    }
}
