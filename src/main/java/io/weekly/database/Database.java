package io.weekly.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mysqlclient.MySQLException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;

/** The service's own database: single statements on {@link #client()}, everything else in {@link #transaction}. */
@ApplicationScoped
public class Database {

    private static final int DEADLOCK = 1213;
    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int RERUNS = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final Pool pool;

    Database(Pool pool) {
        this.pool = pool;
    }

    /** For one statement alone, which is its own transaction. */
    public SqlClient client() {
        return pool;
    }

    /**
     * Runs the work in one transaction; commits when it ends with an item, rolls back when it fails.
     *
     * @param work is run again, from its beginning and in a new transaction, when the server ended it for a deadlock or a lock wait
     */
    public <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> pool.withTransaction(work))
                .onFailure(Database::isConflict)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .withJitter(0.5)
                .atMost(RERUNS)
                .onFailure(Database::ranOutOfReruns)
                .transform(Throwable::getCause);
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof MySQLException e
                && (e.getErrorCode() == DEADLOCK || e.getErrorCode() == LOCK_WAIT_TIMEOUT);
    }

    /** Mutiny wraps the last failure when it gives up; the caller wants the server's own words. */
    private static boolean ranOutOfReruns(Throwable failure) {
        return failure instanceof IllegalStateException && failure.getCause() instanceof MySQLException;
    }
}
