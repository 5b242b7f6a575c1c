package io.weekly.access;

/** The caller asks for what is not there, or for what it may not know of: a 404, the same in both cases. */
public final class NotVisibleException extends RuntimeException {

    public NotVisibleException() {
        super("not visible to the caller", null, false, false);
    }
}
