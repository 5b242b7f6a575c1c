package io.weekly.database;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Whether the database answers this process, known from everything that it is asked. Logged once when it is lost, and once more when it
 * answers again; so nobody else needs to log what failed for that reason.
 */
@ApplicationScoped
class DatabaseAvailability {

    private static final Logger LOG = Logger.getLogger(DatabaseAvailability.class);

    private volatile boolean away;
    /** The last change, as {@link System#nanoTime} counts. What was asked before it says nothing of now. */
    private long since = System.nanoTime();

    /** The answer; where there was no connection, the failure is a {@link DatabaseAwayException}. */
    <T> Future<T> observe(Supplier<Future<T>> question) {
        var asked = System.nanoTime();
        return question.get()
                .onSuccess(answer -> answered(asked))
                .recover(failure -> Future.failedFuture(failed(asked, failure)));
    }

    /** As {@link #observe(Supplier)}. */
    <T> Uni<T> observeUni(Supplier<Uni<T>> question) {
        return Uni.createFrom().deferred(() -> {
            var asked = System.nanoTime();
            return question.get()
                    .onItem()
                    .invoke(answer -> answered(asked))
                    .onFailure()
                    .transform(failure -> failed(asked, failure));
        });
    }

    private void answered(long asked) {
        if (away) {
            isBack(asked);
        }
    }

    private synchronized void isBack(long asked) {
        var now = System.nanoTime();
        if (away && asked - since >= 0) {
            LOG.infof("the database answers again, after %s s", Duration.ofNanos(now - since).toSeconds());
            away = false;
            since = now;
        }
    }

    private Throwable failed(long asked, Throwable failure) {
        if (!DatabaseAwayException.isLostConnection(failure)) {
            return failure;
        }
        isAway(asked, failure);
        return new DatabaseAwayException(failure);
    }

    private synchronized void isAway(long asked, Throwable failure) {
        if (!away && asked - since >= 0) {
            LOG.errorf("the database is away, what needs it waits or is tried again: %s", failure.getMessage());
            away = true;
            since = System.nanoTime();
        }
    }
}
