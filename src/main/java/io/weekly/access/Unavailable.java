package io.weekly.access;

import io.weekly.database.DatabaseAwayException;

/** Tells the API whether a request failed because the database is away. The API itself has no access to package {@code database}. */
public final class Unavailable {

    private Unavailable() {}

    /** Whether the database is the cause of the failure. Then the client may send the request again later. */
    public static boolean isCauseOf(Throwable failure) {
        return !DatabaseAwayException.isNot(failure);
    }
}
