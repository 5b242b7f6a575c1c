package io.weekly.render;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A page, PDF or spreadsheet could not be made. The message contains the file of the definition, the line if it is known, and the reason.
 */
public final class RenderException extends RuntimeException {
    private final String file;
    private final int line;
    private final String reason;

    /** {@code line} is 0 if it is not known. */
    public RenderException(String file, int line, String reason, @Nullable Throwable cause) {
        super(file + (line > 0 ? ":" + line : "") + ": " + reason, cause);
        this.file = file;
        this.line = line;
        this.reason = reason;
    }

    /** The file with its definition: {@code weekly-business/report.html}. */
    public String file() {
        return file;
    }

    /** The line of the file, from 1. */
    public OptionalInt line() {
        return line > 0 ? OptionalInt.of(line) : OptionalInt.empty();
    }

    /** The reason without file and line. */
    public String reason() {
        return reason;
    }
}
