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
import org.jspecify.annotations.Nullable;

/** The service's own database. Run single statements on {@link #client()}, and everything else in {@link #transaction}. */
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
     * Runs one statement in its own transaction; within {@link #inRequestTransaction}, in that transaction. Fails with a
     * {@link DatabaseAwayException} if there is no connection.
     */
    public SqlClient client() {
        return RequestTransaction.current().<SqlClient>map(RequestTransaction::connection).orElse(statements);
    }

    /**
     * Runs the work in one transaction. Commits if the work ends with an item, and rolls back if it fails. Fails with a
     * {@link DatabaseAwayException} if there is no connection or the connection is lost.
     *
     * @param work runs again, from its start and in a new transaction, after a deadlock or a lock wait timeout
     */
    public <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> RequestTransaction.current()
                .map(request -> work.apply(request.connection()))
                .orElseGet(() -> newTransaction(work)));
    }

    private <T> Uni<T> newTransaction(Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            var context = Vertx.currentContext();
            return Uni.createFrom()
                    .deferred(() -> availability.observeUni(() -> pool.withTransaction(work)))
                    // A retry starts on a timer thread. The request's transaction is found by the Vert.x context, so go back to that.
                    .runSubscriptionOn(run -> runOn(context, run))
                    .onFailure(Database::isConflict)
                    .retry()
                    .withBackOff(INITIAL_BACKOFF, MAX_BACKOFF)
                    .withJitter(0.5)
                    .atMost(MAX_RETRIES)
                    .onFailure(Database::isRetriesExhausted)
                    .transform(Throwable::getCause);
        });
    }

    private static void runOn(@Nullable Context context, Runnable run) {
        if (context == null || context == Vertx.currentContext()) {
            run.run();
        } else {
            context.runOnContext(_ -> run.run());
        }
    }

    /**
     * Runs the work of a request in one transaction, including everything that it runs in {@link #transaction} and {@link #client}. Call it
     * on the request's own Vert.x context. The work must stay on that context and run one statement after the other.
     *
     * @param work runs again as in {@link #transaction}
     */
    public <T> Uni<T> inRequestTransaction(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            var last = new AtomicReference<RequestTransaction>();
            return newTransaction(connection -> begin(connection, last, work)).invoke(_ -> last.get().committed());
        });
    }

    private static <T> Uni<T> begin(SqlConnection connection, AtomicReference<RequestTransaction> last, Supplier<Uni<T>> work) {
        var request = RequestTransaction.begin(connection);
        last.set(request);
        return Uni.createFrom().deferred(() -> work.get()).onTermination().invoke(request::end);
    }

    /**
     * Runs the action once the preceding changes are committed: now, or within {@link #inRequestTransaction} after its commit. Call it
     * after a transaction, not in it.
     */
    public void afterCommit(Runnable action) {
        RequestTransaction.current().ifPresentOrElse(request -> request.afterCommit(action), action);
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof MySQLException e
                && (e.getErrorCode() == DEADLOCK || e.getErrorCode() == LOCK_WAIT_TIMEOUT);
    }

    /** Mutiny wraps the last failure when no retries are left. Callers need the server's error. */
    private static boolean isRetriesExhausted(Throwable failure) {
        return failure instanceof IllegalStateException && failure.getCause() instanceof MySQLException;
    }
}
