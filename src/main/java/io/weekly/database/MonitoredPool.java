package io.weekly.database;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.mysqlclient.MySQLPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * A pool that adds an exception handler to each connection. Without a handler the client prints a stack trace to standard error for each
 * open connection when the database becomes unavailable.
 */
@SuppressWarnings("deprecation") // Quarkus casts the result of a MySQLPoolCreator to this type
record MonitoredPool(Pool pool) implements MySQLPool {

    private static final Logger LOG = Logger.getLogger(MonitoredPool.class);

    /** If a connection is lost, the queries on it fail, so no log line is needed. Any other failure of a connection is logged here. */
    static SqlConnection logFailures(SqlConnection connection) {
        return connection.exceptionHandler(failure -> {
            if (!DatabaseAwayException.isLostConnection(failure)) {
                LOG.error("a database connection failed", failure);
            }
        });
    }

    @Override
    public Future<SqlConnection> getConnection() {
        return pool.getConnection().map(MonitoredPool::logFailures);
    }

    @Override
    public void getConnection(Handler<AsyncResult<SqlConnection>> handler) {
        getConnection().onComplete(handler);
    }

    @Override
    public Query<RowSet<Row>> query(String sql) {
        return pool.query(sql);
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
        return pool.preparedQuery(sql);
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
        return pool.preparedQuery(sql, options);
    }

    @Override
    public MySQLPool connectHandler(Handler<SqlConnection> handler) {
        pool.connectHandler(handler);
        return this;
    }

    @Override
    public MySQLPool connectionProvider(Function<Context, Future<SqlConnection>> provider) {
        pool.connectionProvider(provider);
        return this;
    }

    @Override
    public int size() {
        return pool.size();
    }

    @Override
    public Future<Void> close() {
        return pool.close();
    }

    @Override
    public void close(Handler<AsyncResult<Void>> handler) {
        pool.close(handler);
    }
}
