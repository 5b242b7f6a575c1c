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
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The service's own database. Run single statements on {@link #client()}, and everything else in {@link #transaction}. */
@ApplicationScoped
public class Database {

    private static final int DEADLOCK = 1213;
    private static final int LOCK_WAIT_TIMEOUT = 1205;
    /** Group replication rolled the transaction back at its commit, because another server changed the same rows. */
    private static final int CERTIFICATION_CONFLICT = 3101;
    private static final Set<Integer> CONFLICTS = Set.of(DEADLOCK, LOCK_WAIT_TIMEOUT, CERTIFICATION_CONFLICT);
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
     * {@link DatabaseAwayException} if the database is away.
     */
    public SqlClient client() {
        return RequestTransaction.current().<SqlClient>map(RequestTransaction::connection).orElse(statements);
    }

    /**
     * Runs the work in one transaction. Commits if the work ends with an item, and rolls back if it fails. Fails with a
     * {@link DatabaseAwayException} if the database is away or the connection is lost.
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
     * Runs a check of the database on one connection. If it succeeds, an outage is over: so it must fail if the database cannot do the work
     * of the service. A connection that does not answer in time is closed, so that repeated checks do not use up the pool.
     */
    public <T> Uni<T> check(Duration timeout, Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            var started = System.nanoTime();
            return availability.observeUni(() -> pool.withConnection(connection -> work.apply(connection)
                            .ifNoItem()
                            .after(timeout)
                            .failWith(SilentConnectionException::new)))
                    .invoke(_ -> availability.checked(started))
                    // There may be no free connection.
                    .ifNoItem()
                    .after(timeout.multipliedBy(2))
                    .fail();
        });
    }

    /** Whether the database was away when it was last used, and no check has succeeded since then. */
    public boolean isAway() {
        return availability.isAway();
    }

    /** Whether the database was away at some time in this last time. */
    public boolean wasAwayWithin(Duration time) {
        return availability.wasAwayWithin(time);
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
     * Runs long work of a request in transactions of its own, although the request may have one. They are committed one by one, and stay
     * committed if the request's transaction is rolled back later. That transaction keeps its connection and its locks in the meantime. So
     * the caller limits how many requests do this at the same time, and the work must not need the rows that are locked.
     *
     * @param work as in {@link #inRequestTransaction}; it can run again, so it must continue what its committed transactions left
     */
    public <T> Uni<T> outsideRequestTransaction(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> RequestTransaction.current().map(request -> request.suspend(work)).orElseGet(work));
    }

    /**
     * Runs the action once the preceding changes are committed: now, or within {@link #inRequestTransaction} after its commit. Call it
     * after a transaction, not in it.
     */
    public void afterCommit(Runnable action) {
        RequestTransaction.current().ifPresentOrElse(request -> request.afterCommit(action), action);
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof MySQLException e && CONFLICTS.contains(e.getErrorCode());
    }

    /** Mutiny wraps the last failure when no retries are left. Callers need the server's error. */
    private static boolean isRetriesExhausted(Throwable failure) {
        return failure instanceof IllegalStateException && failure.getCause() instanceof MySQLException;
    }
}
