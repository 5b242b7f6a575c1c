package io.weekly.store;

import java.nio.file.Path;

/** Settings of a store without an application. */
public record TestStoreConfig(Path dir, Encryption encryption) implements StoreConfig {

    public TestStoreConfig(Path dir) {
        this(dir, Encryption.OFF);
    }

    /** A store for tests in other packages. */
    public ReportStore store() {
        return new ReportStore(this);
    }
}
