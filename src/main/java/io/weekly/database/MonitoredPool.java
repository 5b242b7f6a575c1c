package io.weekly.database;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.mysqlclient.MySQLPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.TransactionRollbackException;
import java.nio.channels.ClosedChannelException;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A pool that adds an exception handler to each connection. Without a handler the client prints a stack trace to standard error for each
 * open connection when the database becomes unavailable. If a transaction fails because of the server, the pool closes all connections that
 * were open then ({@link OpenConnections}), so that new ones can reach another server.
 */
@SuppressWarnings("deprecation") // Quarkus casts the result of a MySQLPoolCreator to this type
final class MonitoredPool implements MySQLPool {

    private static final Logger LOG = Logger.getLogger(MonitoredPool.class);

    private static final String TIMEOUT = "Timeout";

    private final Pool pool;
    private final OpenConnections connections = new OpenConnections();

    MonitoredPool(Pool pool) {
        this.pool = pool;
    }

    /** If a connection is lost, the queries on it fail, so no log line is needed. Any other failure of a connection is logged here. */
    static SqlConnection logFailures(SqlConnection connection) {
        return connection.exceptionHandler(failure -> {
            if (DatabaseFault.of(failure).isEmpty()) {
                LOG.error("a database connection failed", failure);
            }
        });
    }

    @Override
    public Future<SqlConnection> getConnection() {
        return pool.getConnection().map(MonitoredPool::logFailures).recover(failure -> Future.failedFuture(noConnection(failure)));
    }

    private static Throwable noConnection(Throwable failure) {
        return switch (failure) {
            case MySQLException answer -> new NoConnectionException(answer);
            // The client's pool has no type for it: no connection became free in time. A server that does not answer occupies them all.
            case NoStackTraceThrowable timeout when TIMEOUT.equals(timeout.getMessage()) -> new SilentConnectionException();
            default -> failure;
        };
    }

    @Override
    public void getConnection(Handler<AsyncResult<SqlConnection>> handler) {
        getConnection().onComplete(handler);
    }

    @Override
    public <T> Future<@Nullable T> withConnection(Function<SqlConnection, Future<@Nullable T>> work) {
        return getConnection().compose(connection -> {
            connections.borrowed(connection);
            return Future.succeededFuture(connection)
                    .compose(work)
                    .onFailure(failure -> failed(connection, failure))
                    .onComplete(_ -> connections.giveBack(connection));
        });
    }

    private void failed(SqlConnection connection, Throwable failure) {
        var fault = DatabaseFault.of(failure);
        if (fault.isPresent()) {
            connections.discard(connection);
        }
        // A name or proxy may lead to another server by now.
        if (fault.filter(DatabaseFault::isOfTheServer).isPresent()) {
            connections.discardAll();
        }
        // A server that is silent on one connection is silent on all.
        if (failure instanceof SilentConnectionException) {
            connections.discardSilent();
        }
    }

    /** As the client does it, but on a connection of {@link #withConnection}. */
    @Override
    public <T> Future<@Nullable T> withTransaction(Function<SqlConnection, Future<@Nullable T>> work) {
        return withConnection(connection -> connection.begin().compose(transaction -> Future.succeededFuture(connection)
                .compose(work)
                .compose(
                        result -> isOpen(connection) ? transaction.commit().map(result) : Future.failedFuture(new ClosedChannelException()),
                        failure -> failure instanceof TransactionRollbackException
                                || DatabaseFault.isLostConnection(failure)
                                || !isOpen(connection)
                                ? Future.failedFuture(failure)
                                : transaction.rollback().transform(_ -> Future.failedFuture(failure)))));
    }

    /**
     * While the client fails the statements of a lost connection, it still takes commands for it, and never ends them (Vert.x 4.5.27). So
     * neither COMMIT nor ROLLBACK may follow. The server rolls back what a lost connection leaves open.
     */
    private static boolean isOpen(SqlConnection connection) {
        return ClientSocket.of(connection).channel().isActive();
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
