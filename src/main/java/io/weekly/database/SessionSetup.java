package io.weekly.database;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.sqlclient.SqlConnection;
import org.jboss.logging.Logger;

/**
 * What is said to each connection when it is opened, one statement after the other.
 *
 * @param whose of what it is a connection, for the log
 */
record SessionSetup(String whose, String first, String second) implements Handler<SqlConnection> {

    private static final Logger LOG = Logger.getLogger(SessionSetup.class);

    @Override
    public void handle(SqlConnection connection) {
        say(MonitoredPool.attend(connection), first)
                .compose(said -> say(connection, second))
                .onSuccess(said -> connection.close())
                .onFailure(failure -> failed(connection, failure));
    }

    private static Future<?> say(SqlConnection connection, String statement) {
        return connection.query(statement).execute();
    }

    /** The pool knows of one that was lost meanwhile, and breaks when it is given that back. */
    private void failed(SqlConnection connection, Throwable failure) {
        if (DatabaseAwayException.isLostConnection(failure)) {
            return;
        }
        LOG.errorf(failure, "a new connection of the %s could not be set up", whose);
        // This hands the connection to the pool all the same; see ops.DatabaseReady.
        connection.close();
    }
}
