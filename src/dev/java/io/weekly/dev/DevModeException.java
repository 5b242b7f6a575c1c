package io.weekly.dev;

/** Something on the developer's machine is not as needed; the message says what, and what to do. */
public final class DevModeException extends RuntimeException {
    DevModeException(String message, Object... arguments) {
        super(message.formatted(arguments));
    }
}
