package io.weekly.dev;

import java.nio.file.Path;

/** The one folder under which all that dev mode keeps lives and survives together: {@code weekly.dev.dir}. */
public record DevFolder(Path path) {
    static final String KEY = "weekly.dev.dir";

    public Path database() {
        return path.resolve("database");
    }

    public Path files() {
        return path.resolve("files");
    }

    public Path outbox() {
        return path.resolve("outbox");
    }

    public Path keys() {
        return path.resolve("keys");
    }

    /** For a folder that nobody wants to see again. */
    public void delete() {
        Folders.delete(path);
    }
}
