package io.weekly.database;

/**
 * The database cannot be reached, or it answers but does not work ({@link DatabaseFault}). The exception has no stack trace, because the
 * calling code is not at fault and {@link DatabaseAvailability} has logged the outage. Code that logs failures checks {@link #isNot} first.
 */
public final class DatabaseAwayException extends RuntimeException {

    DatabaseAwayException(Throwable cause) {
        super("the database is away: " + cause.getMessage(), null, false, false);
    }

    /** Whether a failure has another cause than an unavailable database. */
    public static boolean isNot(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseAwayException) {
                return false;
            }
        }
        return true;
    }
}
