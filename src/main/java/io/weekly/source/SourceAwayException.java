package io.weekly.source;

import java.time.Duration;

/**
 * The source cannot be reached, or it answers but reads nothing: it starts or stops, refuses the user, or has no connection left. No
 * dataset is at fault. The message has no hosts and users, because users of the report see it.
 */
public final class SourceAwayException extends IllegalStateException {

    private final Duration lasts;

    /** @param lasts how long the source has been away in this process */
    public SourceAwayException(String message, Duration lasts, Throwable cause) {
        super(message, cause);
        this.lasts = lasts;
    }

    /** How long the source has been away. */
    public Duration lasts() {
        return lasts;
    }
}
