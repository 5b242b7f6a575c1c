package io.weekly.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * A MariaDB server in a folder of its own. It ends with this JVM: a shell runs it and reads a pipe from the JVM. When the pipe closes, the
 * shell ends the server cleanly. The pipe closes at {@link #close()}, at a normal exit, and when the JVM is killed.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EmbeddedDatabase.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);
    private static final String READY = "ready for connections";
    private static final int ANY_PORT = 0;
    private static final String PORT_TAKEN = "Bind on TCP/IP port";

    /**
     * Ctrl-C reaches the whole process group. The shell and the server ignore it, because the JVM decides when they end. The watcher uses
     * the shell's own read: the process of a cat would remain if the server ended first.
     */
    private static final String WATCH_SCRIPT = """
            exec 3<&0 </dev/null
            trap '' INT HUP
            "$@" 3<&- &
            server=$!
            (while read -r line <&3; do :; done; kill -TERM "$server") 2>/dev/null &
            watcher=$!
            exec 3<&-
            wait "$server"; code=$?
            kill "$watcher" 2>/dev/null
            exit "$code"
            """;

    private final Process process;
    private final FileLock lock;
    private final int port;

    private EmbeddedDatabase(Process process, FileLock lock, int port) {
        this.process = process;
        this.lock = lock;
        this.port = port;
    }

    /**
     * Starts a server on a free port. If {@code folder} has no database, creates an empty one.
     *
     * @throws DevModeException if another process uses the folder, or if the server does not start
     */
    public static EmbeddedDatabase start(Path folder) {
        return start(folder, ANY_PORT);
    }

    /** Starts a server on this port, for example on the port that the server of this folder had before. */
    public static EmbeddedDatabase start(Path folder, int port) {
        return start(folder, Folders.cache(), port, List.of());
    }

    /** Starts a server on a free port with more options of mariadbd, which replace those that it has otherwise. */
    public static EmbeddedDatabase start(Path folder, List<String> options) {
        return start(folder, Folders.cache(), ANY_PORT, options);
    }

    static EmbeddedDatabase start(Path folder, Path cache) {
        return start(folder, cache, ANY_PORT, List.of());
    }

    private static EmbeddedDatabase start(Path folder, Path cache, int port, List<String> options) {
        long began = System.nanoTime();
        try {
            Path home = Files.createDirectories(folder.toAbsolutePath());
            FileLock lock = Folders.own(home);
            DataDirectory data = new DataDirectory(home.resolve("data"));
            data.awaitPreviousServer();
            MariaDbBinaries binaries = MariaDbBinaries.unpacked(cache);
            data.initialise(binaries);
            LOG.infof("Starting MariaDB on %s", data.path());
            EmbeddedDatabase database = launch(binaries, data, home, lock, port, options);
            LOG.infof("MariaDB is up on 127.0.0.1:%d after %d ms", database.port, (System.nanoTime() - began) / 1_000_000);
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded database could not be started in " + folder, e);
        }
    }

    /** Another process may take the free port before the server does. Then this tries another port. */
    private static EmbeddedDatabase launch(
            MariaDbBinaries binaries, DataDirectory data, Path home, FileLock lock, int chosen, List<String> options) throws IOException {
        Path log = home.resolve("mariadbd.log");
        for (int attempt = 1;; attempt++) {
            int port = chosen == ANY_PORT ? freePort() : chosen;
            Files.deleteIfExists(log);
            List<String> server = ServerOptions.serving(binaries, data, port);
            server.addAll(options);
            Process process = run(binaries, server, log);
            Polling.until(START_TIMEOUT, () -> ServerFailure.read(log).contains(READY) || !process.isAlive());
            if (process.isAlive() && ServerFailure.read(log).contains(READY)) {
                return new EmbeddedDatabase(process, lock, port);
            }
            end(process);
            if (attempt == 3 || !ServerFailure.read(log).contains(PORT_TAKEN)) {
                lock.acquiredBy().close();
                throw ServerFailure.explain(binaries, log, "start");
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process run(MariaDbBinaries binaries, List<String> server, Path log) throws IOException {
        List<String> command = new ArrayList<>(server);
        if (binaries.platform().hasShell()) {
            command.addAll(0, List.of("sh", "-c", WATCH_SCRIPT, "weekly-database"));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!binaries.platform().hasShell()) {
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        }
        return process;
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    public String user() {
        return "root";
    }

    /** The address of a database for the reactive client; with {@code jdbc:} in front, for JDBC. Creates the database if it is missing. */
    public String url(String database) {
        execute("CREATE DATABASE IF NOT EXISTS `" + database + "` CHARACTER SET utf8mb4");
        return "mysql://" + host() + ":" + port + "/" + database;
    }

    /** Kills the server with SIGKILL. Its folder can be started again afterwards. */
    public void kill() {
        List<ProcessHandle> servers = process.descendants().filter(EmbeddedDatabase::isServer).toList();
        servers.forEach(ProcessHandle::destroyForcibly);
        servers.forEach(server -> server.onExit().join());
        close();
    }

    private static boolean isServer(ProcessHandle process) {
        return process.info().command().map(command -> command.contains("mariadbd")).orElse(false);
    }

    void execute(String sql) {
        DatabaseServer.execute(host(), port, user(), "", sql);
    }

    @Override
    public void close() {
        end(process);
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Process process) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(SHUTDOWN_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warnf("MariaDB did not close within %d s and is killed", SHUTDOWN_TIMEOUT.toSeconds());
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
