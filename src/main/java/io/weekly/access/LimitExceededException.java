package io.weekly.access;

import java.time.Duration;

/** The caller has sent too many requests. It has no stack trace, because it is not a programming error. */
public final class LimitExceededException extends RuntimeException {

    private final Duration wait;

    /**
     * @param message which limit, for the caller
     * @param wait until the next request may succeed
     */
    LimitExceededException(String message, Duration wait) {
        super(message, null, false, false);
        this.wait = wait;
    }

    /** How long to wait until the next request may succeed. */
    public Duration waitingTime() {
        return wait;
    }
}
