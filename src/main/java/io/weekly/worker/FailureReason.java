package io.weekly.worker;

/** Why something failed, in one line for the record of the report. */
final class FailureReason {

    private static final int MAX_LENGTH = 500;

    private FailureReason() {}

    static String of(Throwable failure) {
        var message = failure.getMessage();
        var reason = message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
        var line = reason.replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 1) + "…";
    }
}
