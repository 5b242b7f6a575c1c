package io.weekly.database;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Tries again while the database is away. For results that must not be lost, such as the reply of a mail server. */
public final class AwayRetry {

    private static final Duration INITIAL_BACKOFF = Duration.ofMillis(200);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
    /** Longer than a failover or the repair of a server. The results wait in memory. */
    private static final Duration LIMIT = Duration.ofHours(1);

    private AwayRetry() {}

    /** Runs {@code work} again, for up to an hour, if it fails because the database is away. Any other failure ends it. */
    public static <T> Uni<T> retry(Uni<T> work) {
        return work.onFailure(failure -> !DatabaseAwayException.isNot(failure))
                .retry()
                .withBackOff(INITIAL_BACKOFF, MAX_BACKOFF)
                .expireIn(LIMIT.toMillis());
    }
}
