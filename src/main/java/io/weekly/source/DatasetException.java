package io.weekly.source;

import org.jspecify.annotations.Nullable;

/**
 * A fault of a dataset, with file, line and reason for the author of the definition. The same fault would happen again, so the report is
 * not tried again.
 */
public final class DatasetException extends RuntimeException {
    private final String file;
    private final int line;
    private final String reason;

    DatasetException(String file, String reason, @Nullable Throwable cause) {
        this(file, 0, reason, cause);
    }

    /** {@code line} is 0 if it is unknown. */
    DatasetException(String file, int line, String reason, @Nullable Throwable cause) {
        super(file + (line > 0 ? ":" + line : "") + ": " + reason, cause);
        this.file = file;
        this.line = line;
        this.reason = reason;
    }

    /** The file with its definition: {@code weekly-business/kpis.sql}. */
    public String file() {
        return file;
    }

    /** The line from 1; 0 if it is unknown. */
    public int line() {
        return line;
    }

    /** The reason without the file. */
    public String reason() {
        return reason;
    }
}
