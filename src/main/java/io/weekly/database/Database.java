package io.weekly.database;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mysqlclient.MySQLException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** The service's own database: single statements on {@link #client()}, everything else in {@link #transaction}. */
@ApplicationScoped
public class Database {

    private static final int DEADLOCK = 1213;
    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int MAX_RETRIES = 8;
    private static final Duration INITIAL_BACKOFF = Duration.ofMillis(5);
    private static final Duration MAX_BACKOFF = Duration.ofMillis(500);

    private final Pool pool;
    private final SqlClient statements;
    private final DatabaseAvailability availability;

    Database(Pool pool, DatabaseAvailability availability) {
        this.pool = pool;
        this.statements = SqlClient.newInstance(new PooledStatements(pool.getDelegate(), availability));
        this.availability = availability;
    }

    /**
     * For one statement alone, which is its own transaction; within {@link #together}, a part of that. Without a connection it fails with a
     * {@link DatabaseAwayException}.
     */
    public SqlClient client() {
        return RequestTransaction.current().<SqlClient>map(RequestTransaction::connection).orElse(statements);
    }

    /**
     * Runs the work in one transaction; commits when it ends with an item, rolls back when it fails. Without a connection, or when that
     * is lost, it fails with a {@link DatabaseAwayException}.
     *
     * @param work is run again, from its beginning and in a new transaction, when the server ended it for a deadlock or a lock wait
     */
    public <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> RequestTransaction.current()
                .map(joined -> work.apply(joined.connection()))
                .orElseGet(() -> alone(work)));
    }

    private <T> Uni<T> alone(Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            var here = Vertx.currentContext();
            return Uni.createFrom()
                    .deferred(() -> availability.observeUni(() -> pool.withTransaction(work)))
                    // A rerun comes from a timer's thread. A connection answers on the context on which it was taken, and what is joined
                    // is found by that.
                    .runSubscriptionOn(run -> runOn(here, run))
                    .onFailure(Database::isConflict)
                    .retry()
                    .withBackOff(INITIAL_BACKOFF, MAX_BACKOFF)
                    .withJitter(0.5)
                    .atMost(MAX_RETRIES)
                    .onFailure(Database::isRetriesExhausted)
                    .transform(Throwable::getCause);
        });
    }

    private static void runOn(Context context, Runnable run) {
        if (context == null || context == Vertx.currentContext()) {
            run.run();
        } else {
            context.runOnContext(resumed -> run.run());
        }
    }

    /**
     * Runs the work of a request so that all its transactions are one: either everything that it writes is there or nothing.
     * To be called on a request's own Vert.x context; the work must stay on it, and do one thing after the other.
     *
     * @param work is run again as in {@link #transaction}
     */
    public <T> Uni<T> inRequestTransaction(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            var last = new AtomicReference<RequestTransaction>();
            return alone(connection -> join(connection, last, work)).invoke(done -> last.get().committed());
        });
    }

    private static <T> Uni<T> join(SqlConnection connection, AtomicReference<RequestTransaction> last, Supplier<Uni<T>> work) {
        var joined = RequestTransaction.begin(connection);
        last.set(joined);
        return Uni.createFrom().deferred(() -> work.get()).onTermination().invoke(joined::end);
    }

    /**
     * Runs the action when what was just written is there for others to see: now, or within {@link #together} when that has ended.
     * To be called after a transaction, not in it.
     */
    public void afterCommit(Runnable action) {
        RequestTransaction.current().ifPresentOrElse(joined -> joined.afterCommit(action), action);
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof MySQLException e
                && (e.getErrorCode() == DEADLOCK || e.getErrorCode() == LOCK_WAIT_TIMEOUT);
    }

    /** Mutiny wraps the last failure when it gives up; the caller wants the server's own words. */
    private static boolean isRetriesExhausted(Throwable failure) {
        return failure instanceof IllegalStateException && failure.getCause() instanceof MySQLException;
    }
}
