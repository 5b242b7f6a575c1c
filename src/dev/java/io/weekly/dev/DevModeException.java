package io.weekly.dev;

/** Dev mode cannot work on this machine. The message says why and what to do. */
public final class DevModeException extends RuntimeException {
    DevModeException(String message, Object... arguments) {
        super(message.formatted(arguments));
    }
}
