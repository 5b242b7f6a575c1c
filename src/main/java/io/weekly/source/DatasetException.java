package io.weekly.source;

/** A dataset that could not be read, and will not be by trying again: which file and line, and why, for whoever keeps the definition. */
public final class DatasetException extends RuntimeException {
    private final String file;
    private final int line;
    private final String reason;

    DatasetException(String file, String reason, Throwable cause) {
        this(file, 0, reason, cause);
    }

    /** {@code line} is 0 where it is not known. */
    DatasetException(String file, int line, String reason, Throwable cause) {
        super(file + (line > 0 ? ":" + line : "") + ": " + reason, cause);
        this.file = file;
        this.line = line;
        this.reason = reason;
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    public String reason() {
        return reason;
    }
}
