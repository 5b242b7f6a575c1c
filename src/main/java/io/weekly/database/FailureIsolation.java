package io.weekly.database;

import io.smallrye.mutiny.Uni;
import java.util.function.Consumer;

/** Keeps the failure of one item (a run, a schedule, a mail) from stopping the other items of the same pass. */
public final class FailureIsolation {

    private FailureIsolation() {}

    /**
     * Runs {@code work}. If it fails, the failure is logged and the result is null, so the pass goes on.
     *
     * @param log logs the failure. It is not called while the database is away: {@link DatabaseAvailability} logs that, once for all items
     */
    public static <T> Uni<T> isolate(Uni<T> work, Consumer<Throwable> log) {
        return work.onFailure(DatabaseAwayException::isNot).invoke(log).onFailure().recoverWithNull();
    }
}
