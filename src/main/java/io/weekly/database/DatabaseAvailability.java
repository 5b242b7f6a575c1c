package io.weekly.database;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Observes the result of every query to find out whether the database works, and logs the start and the end of an outage. So other code
 * does not log failures with this cause. Only {@link Database#check} ends an outage: a server that takes no writes still answers queries.
 */
@ApplicationScoped
class DatabaseAvailability {

    private final Outage outage;

    DatabaseAvailability(DatabaseConfig config) {
        this.outage = new Outage(
                Logger.getLogger(DatabaseAvailability.class),
                "the database is away; work that needs it waits or is tried again",
                "the database answers again",
                config.maxQuietTime());
    }

    /** Runs the query. If the database is away, it fails with a {@link DatabaseAwayException}. */
    <T> Future<T> observe(Supplier<Future<T>> query) {
        var started = System.nanoTime();
        return query.get().recover(failure -> Future.failedFuture(failed(started, failure)));
    }

    /** The same as {@link #observe(Supplier)}, for Mutiny. */
    <T> Uni<T> observeUni(Supplier<Uni<T>> query) {
        return Uni.createFrom().deferred(() -> {
            var started = System.nanoTime();
            return query.get().onFailure().transform(failure -> failed(started, failure));
        });
    }

    private Throwable failed(long started, Throwable failure) {
        var fault = DatabaseFault.ofService(failure);
        if (fault.isEmpty()) {
            return failure;
        }
        outage.failed(started, fault.get(), failure);
        return new DatabaseAwayException(failure);
    }

    /** The check that started at this time succeeded. */
    void checked(long started) {
        outage.worked(started);
    }

    boolean isAway() {
        return outage.isAway();
    }

    /** The start of this process had to wait for the database. */
    void waited() {
        outage.markEnd();
    }

    boolean wasAwayWithin(Duration time) {
        return outage.wasAwayWithin(time);
    }
}
