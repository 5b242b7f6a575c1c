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

/** Where one embedded server keeps its tables. It is initialised aside and moved into place, so that it is whole or absent. */
record DataDirectory(Path path) {
    private static final Logger LOG = Logger.getLogger(DataDirectory.class);
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(45);
    private static final List<String> SYSTEM_TABLES = List.of("mariadb_system_tables.sql", "mariadb_performance_tables.sql",
            "mariadb_system_tables_data.sql", "maria_add_gis_sp_bootstrap.sql");

    Path pidFile() {
        return path.resolve("mariadbd.pid");
    }

    /**
     * The server of a JVM that just died needs a moment to close. It is asked to once more, in case its shell was killed too: the caller
     * holds the folder's lock, so nobody can be using it.
     */
    void awaitPreviousServer() {
        previousServer().ifPresent(server -> {
            LOG.infof("Waiting for the previous database (process %d) to close %s", server.pid(), path);
            server.destroy();
            if (!Waiting.until(CLOSES_WITHIN, () -> !server.isAlive())) {
                throw new DevModeException("The database server with process id %d still holds %s and does not end: end it yourself,"
                        + " then start again.", server.pid(), path);
            }
        });
    }

    /** The pid file outlives a crash, and its number may be anybody's by now: only a server of that very name counts. */
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

    /** What mariadb-install-db does, without its shell, its resolver and its documentation tables. */
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
            LOG.debug("The server ended before it had read all", serverGone);
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
