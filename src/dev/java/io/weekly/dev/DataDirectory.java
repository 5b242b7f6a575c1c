package io.weekly.dev;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The data directory of one embedded server. It is created beside its place and then moved there, so it is complete or absent. */
record DataDirectory(Path path) {
    private static final Logger LOG = Logger.getLogger(DataDirectory.class);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(45);
    private static final List<String> SYSTEM_TABLES = List.of("mariadb_system_tables.sql", "mariadb_performance_tables.sql",
            "mariadb_system_tables_data.sql", "maria_add_gis_sp_bootstrap.sql");

    Path pidFile() {
        return path.resolve("mariadbd.pid");
    }

    /**
     * Waits until the server of a JVM that was killed has ended. Asks it to end, because its shell may have been killed, too. The caller
     * holds the lock of the folder, so no other JVM uses that server.
     *
     * @throws DevModeException if the server does not end
     */
    void awaitPreviousServer() {
        previousServer().ifPresent(server -> {
            LOG.infof("Waiting for the previous database (process %d) to close %s", server.pid(), path);
            server.destroy();
            if (!Polling.until(SHUTDOWN_TIMEOUT, () -> !server.isAlive())) {
                throw new DevModeException("The database server with process id %d still holds %s and does not end: end it yourself,"
                        + " then start again.", server.pid(), path);
            }
        });
    }

    /** After a crash the pid file stays, and another process may have its id. So only a process with the name of the server counts. */
    private Optional<ProcessHandle> previousServer() {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).strip()))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info().command().map(command -> command.contains("mariadb")).orElse(false));
        } catch (IOException | NumberFormatException noPid) {
            return Optional.empty();
        }
    }

    void initialise(MariaDbBinaries binaries) {
        if (Files.exists(path.resolve("mysql"))) {
            return;
        }
        LOG.infof("Initialising an empty database in %s", path);
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try {
            Folders.delete(fresh);
            Folders.delete(path);
            Files.createDirectories(fresh);
            bootstrap(binaries, fresh);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("No database could be initialised in " + path, e);
        }
    }

    /** Does the same as mariadb-install-db, but without a shell, its host name check and the help tables. */
    private static void bootstrap(MariaDbBinaries binaries, Path fresh) throws IOException {
        Path log = fresh.resolveSibling("initialise.log");
        List<String> command = new ArrayList<>(ServerOptions.common(binaries, fresh));
        command.addAll(List.of("--bootstrap", "--log-warnings=0", "--enforce-storage-engine=", "--max_allowed_packet=8M",
                "--net_buffer_length=16K"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try (OutputStream sql = process.getOutputStream()) {
            sql.write("CREATE DATABASE IF NOT EXISTS mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n".getBytes(StandardCharsets.UTF_8));
            for (String file : SYSTEM_TABLES) {
                Files.copy(binaries.share().resolve(file), sql);
            }
        } catch (IOException serverGone) {
            LOG.debug("The server ended before it had read all statements", serverGone);
        }
        if (!endsWell(process)) {
            throw ServerFailure.explain(binaries, log, "initialise a database in " + fresh);
        }
        Files.delete(log);
    }

    private static boolean endsWell(Process process) {
        try {
            return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }
}
