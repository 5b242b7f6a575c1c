package io.weekly.access;

/**
 * The requested thing does not exist, or the caller may not see it. The response is the same 404 in both cases. The exception has no stack
 * trace.
 */
public final class NotVisibleException extends RuntimeException {

    /** For a thing that does not exist for the caller. */
    public NotVisibleException() {
        super("not visible to the caller", null, false, false);
    }
}
