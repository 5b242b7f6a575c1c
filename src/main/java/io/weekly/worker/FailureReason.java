package io.weekly.worker;

import io.weekly.text.ControlCharacters;
import io.weekly.text.Ellipsis;

/** Why something failed, in one line for the record of the report. */
final class FailureReason {

    private static final int MAX_LENGTH = 500;

    private FailureReason() {}

    static String of(Throwable failure) {
        var message = failure.getMessage();
        var reason = message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
        return Ellipsis.shorten(ControlCharacters.oneLine(reason), MAX_LENGTH);
    }
}
