package io.weekly.database;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collector;

/**
 * A client that takes a connection from the pool for each statement. Each statement is its own transaction. The pool itself can run
 * statements too, but it has a bug: if it gets no connection, it does not stop the timer of the timeout, and half a minute later each such
 * statement causes an uncaught exception (Vert.x 4.5 and 5, eclipse-vertx/vertx-sql-client#1706). Taking a connection explicitly avoids the
 * bug.
 */
final class PooledStatements implements SqlClient {

    private final Pool pool;
    private final DatabaseAvailability availability;

    PooledStatements(Pool pool, DatabaseAvailability availability) {
        this.pool = pool;
        this.availability = availability;
    }

    private <T> Future<T> onConnection(Function<SqlConnection, Future<T>> statement) {
        return availability.observe(() -> pool.withConnection(statement));
    }

    @Override
    public Query<RowSet<Row>> query(String sql) {
        return new Text<>(connection -> connection.query(sql));
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
        return new Prepared<>(connection -> connection.preparedQuery(sql));
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
        return new Prepared<>(connection -> connection.preparedQuery(sql, options));
    }

    /** Does nothing: the pool belongs to Quarkus. */
    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    @Override
    public void close(Handler<AsyncResult<Void>> handler) {
        close().onComplete(handler);
    }

    private class Text<T> implements Query<T> {

        private final Function<SqlConnection, Query<T>> on;

        Text(Function<SqlConnection, Query<T>> on) {
            this.on = on;
        }

        @Override
        public Future<T> execute() {
            return onConnection(connection -> on.apply(connection).execute());
        }

        @Override
        public void execute(Handler<AsyncResult<T>> handler) {
            execute().onComplete(handler);
        }

        @Override
        public <R> Query<SqlResult<R>> collecting(Collector<Row, ?, R> collector) {
            return new Text<>(on.andThen(query -> query.collecting(collector)));
        }

        @Override
        public <U> Query<RowSet<U>> mapping(Function<Row, U> mapper) {
            return new Text<>(on.andThen(query -> query.mapping(mapper)));
        }
    }

    private final class Prepared<T> implements PreparedQuery<T> {

        private final Function<SqlConnection, PreparedQuery<T>> on;

        Prepared(Function<SqlConnection, PreparedQuery<T>> on) {
            this.on = on;
        }

        @Override
        public Future<T> execute() {
            return onConnection(connection -> on.apply(connection).execute());
        }

        @Override
        public Future<T> execute(Tuple values) {
            return onConnection(connection -> on.apply(connection).execute(values));
        }

        @Override
        public Future<T> executeBatch(List<Tuple> rows) {
            return refused();
        }

        /** The client's batch continues after a row that fails; {@link Batch} stops. */
        private static <T> Future<T> refused() {
            return Future.failedFuture(new UnsupportedOperationException("use Batch or MultiRowInsert to write many rows"));
        }

        @Override
        public void execute(Handler<AsyncResult<T>> handler) {
            execute().onComplete(handler);
        }

        @Override
        public void execute(Tuple values, Handler<AsyncResult<T>> handler) {
            execute(values).onComplete(handler);
        }

        @Override
        public void executeBatch(List<Tuple> rows, Handler<AsyncResult<T>> handler) {
            Prepared.<T>refused().onComplete(handler);
        }

        @Override
        public <R> PreparedQuery<SqlResult<R>> collecting(Collector<Row, ?, R> collector) {
            return new Prepared<>(on.andThen(query -> query.collecting(collector)));
        }

        @Override
        public <U> PreparedQuery<RowSet<U>> mapping(Function<Row, U> mapper) {
            return new Prepared<>(on.andThen(query -> query.mapping(mapper)));
        }
    }
}
