package io.weekly.database;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.sqlclient.SqlConnection;
import org.jboss.logging.Logger;

/**
 * Runs two statements on each connection when it is opened, one after the other.
 *
 * @param datasource the name of the connection's purpose, for the log
 */
record SessionSetup(String datasource, String first, String second) implements Handler<SqlConnection> {

    private static final Logger LOG = Logger.getLogger(SessionSetup.class);

    @Override
    public void handle(SqlConnection connection) {
        ResultColumns.of(connection);
        apply(MonitoredPool.logFailures(connection))
                .onSuccess(_ -> connection.close())
                .onFailure(failure -> failed(connection, failure));
    }

    /** Runs the statements. */
    Future<Void> apply(SqlConnection connection) {
        return execute(connection, first).compose(_ -> execute(connection, second)).mapEmpty();
    }

    private static Future<?> execute(SqlConnection connection, String statement) {
        return connection.query(statement).execute();
    }

    /** Does not return a lost connection to the pool: the pool has removed it already, and fails if it gets the connection back. */
    private void failed(SqlConnection connection, Throwable failure) {
        if (DatabaseFault.of(failure).isPresent()) {
            ClientSocket.of(connection).close();
            return;
        }
        LOG.errorf(failure, "a new connection of the %s could not be set up", datasource);
        // The pool keeps the connection nevertheless. ops.DatabaseReadiness notices its wrong settings.
        connection.close();
    }
}
