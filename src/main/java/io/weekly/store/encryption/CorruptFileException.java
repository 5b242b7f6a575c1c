package io.weekly.store.encryption;

import org.jspecify.annotations.Nullable;

/** The store has another file than the one that was recorded: it was changed, truncated or swapped. Nobody may get its content. */
public final class CorruptFileException extends RuntimeException {

    private final transient FileRecord file;
    private final String reason;

    CorruptFileException(FileRecord file, String reason, @Nullable Throwable cause) {
        super("the stored %s is not the file that was recorded: %s".formatted(file.identity().format(), reason), cause);
        this.file = file;
        this.reason = reason;
    }

    static CorruptFileException otherSize(FileRecord file, long bytes) {
        return new CorruptFileException(file, "it has %d bytes, not %d".formatted(bytes, file.bytes()), null);
    }

    FileRecord file() {
        return file;
    }

    String reason() {
        return reason;
    }
}
