package io.weekly.database;

/**
 * A statement got no answer in time, or no connection became free in time. The connection of the statement cannot be used any more, because
 * the answer may still come.
 */
final class SilentConnectionException extends RuntimeException {

    SilentConnectionException() {
        super("the database does not answer", null, false, false);
    }
}
