package io.weekly.database;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Observes the result of every query to find out whether the database answers. Logs one line when the connection is lost, and one line when
 * the database answers again. So other code does not log failures with this cause.
 */
@ApplicationScoped
class DatabaseAvailability {

    private static final Logger LOG = Logger.getLogger(DatabaseAvailability.class);

    private volatile boolean away;
    /** The time of the last change ({@link System#nanoTime}). The result of a query that started before it is ignored. */
    private long since = System.nanoTime();

    /** Runs the query. If there is no connection, it fails with a {@link DatabaseAwayException}. */
    <T> Future<T> observe(Supplier<Future<T>> query) {
        var started = System.nanoTime();
        return query.get()
                .onSuccess(_ -> succeeded(started))
                .recover(failure -> Future.failedFuture(failed(started, failure)));
    }

    /** The same as {@link #observe(Supplier)}, for Mutiny. */
    <T> Uni<T> observeUni(Supplier<Uni<T>> query) {
        return Uni.createFrom().deferred(() -> {
            var started = System.nanoTime();
            return query.get()
                    .onItem()
                    .invoke(_ -> succeeded(started))
                    .onFailure()
                    .transform(failure -> failed(started, failure));
        });
    }

    private void succeeded(long started) {
        if (away) {
            markAvailable(started);
        }
    }

    private synchronized void markAvailable(long started) {
        var now = System.nanoTime();
        if (away && started - since >= 0) {
            LOG.infof("the database answers again, after %s s", Duration.ofNanos(now - since).toSeconds());
            away = false;
            since = now;
        }
    }

    private Throwable failed(long started, Throwable failure) {
        if (!DatabaseAwayException.isLostConnection(failure)) {
            return failure;
        }
        markAway(started, failure);
        return new DatabaseAwayException(failure);
    }

    private synchronized void markAway(long started, Throwable failure) {
        if (!away && started - since >= 0) {
            LOG.errorf("the database is away; work that needs it waits or is tried again: %s", failure.getMessage());
            away = true;
            since = System.nanoTime();
        }
    }
}
