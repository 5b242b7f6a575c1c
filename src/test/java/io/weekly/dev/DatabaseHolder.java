package io.weekly.dev;

import java.nio.file.Path;

/** A JVM that only runs a database server, for tests that kill it: {@code DatabaseHolder FOLDER CACHE}. */
final class DatabaseHolder {
    static final String UP = "database is up on port ";

    private DatabaseHolder() {
    }

    public static void main(String... args) throws InterruptedException {
        EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(args[0]), Path.of(args[1]));
        System.out.println(UP + database.port());
        Thread.currentThread().join();
    }
}
