package io.weekly.render;

import java.util.OptionalInt;

/** A page that could not be made, in words an operator can act on: which file of which definition, which line, and why. */
public final class RenderException extends RuntimeException {
    private final String file;
    private final int line;
    private final String reason;

    /** {@code line} is 0 where it is not known. */
    public RenderException(String file, int line, String reason, Throwable cause) {
        super(file + (line > 0 ? ":" + line : "") + ": " + reason, cause);
        this.file = file;
        this.line = line;
        this.reason = reason;
    }

    public String file() {
        return file;
    }

    public OptionalInt line() {
        return line > 0 ? OptionalInt.of(line) : OptionalInt.empty();
    }

    public String reason() {
        return reason;
    }
}
