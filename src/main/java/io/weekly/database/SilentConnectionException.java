package io.weekly.database;

/** A statement got no answer in time. Its connection cannot be used any more, because the answer may still come. */
final class SilentConnectionException extends RuntimeException {

    SilentConnectionException() {
        super("the database does not answer", null, false, false);
    }
}
