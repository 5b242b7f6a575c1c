package io.weekly.chaos;

import io.weekly.dev.EmbeddedDatabase;
import java.nio.file.Path;

/** A server of the suite's own, which can be killed and comes back with its data and on its port. */
final class Database implements AutoCloseable {

    private final int port = Ports.free();
    private final Path folder;
    private EmbeddedDatabase server;

    Database(Path folder) {
        this.folder = folder;
        restart();
    }

    /** SIGKILL. */
    void kill() {
        server.kill();
    }

    void restart() {
        server = EmbeddedDatabase.start(folder, port);
    }

    String url() {
        return server.url("chaos");
    }

    String user() {
        return server.user();
    }

    @Override
    public void close() {
        server.close();
    }
}
