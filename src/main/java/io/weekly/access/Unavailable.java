package io.weekly.access;

import io.weekly.database.DatabaseAwayException;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Tells the API whether a request failed because the database is away, or because the keys of the token issuer are not known. The API
 * itself has no access to package {@code database}.
 */
public final class Unavailable {

    private Unavailable() {}

    /** Whether one of these is the cause of the failure. Then the client may send the request again later. */
    public static boolean isCauseOf(Throwable failure) {
        return !DatabaseAwayException.isNot(failure) || areKeysUnknown(failure);
    }

    private static boolean areKeysUnknown(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(KeysUnavailableException.class::isInstance);
    }
}
