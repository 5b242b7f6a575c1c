package io.weekly.source;

/** A value that cannot be converted to a type that templates know. The same query would fail again. */
final class UnreadableValueException extends RuntimeException {

    /** A value that the client cannot read. The client does not say which one. */
    UnreadableValueException(Throwable reason) {
        super("a value cannot be read (%s); convert it in the query, for example with CAST".formatted(reason.getMessage()), reason);
    }

    UnreadableValueException(String column, RuntimeException reason) {
        super("its column %s cannot be read: %s".formatted(column, reason.getMessage()), reason);
    }
}
