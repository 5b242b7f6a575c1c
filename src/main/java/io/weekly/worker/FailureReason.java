package io.weekly.worker;

import io.weekly.text.Ellipsis;

/** Why something failed, in one line for the report's record. The whole of it, with its stack, goes to the log. */
final class FailureReason {

    private static final int LONGEST = 500;

    private FailureReason() {}

    static String of(Throwable failure) {
        var message = failure.getMessage();
        var reason = message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
        return Ellipsis.shorten(reason.replaceAll("\\s+", " ").strip(), LONGEST);
    }
}
