package io.weekly.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The options of mariadbd: little memory, no network except 127.0.0.1, and commits as durable as in production. */
final class ServerOptions {
    private ServerOptions() {
    }

    static List<String> common(MariaDbBinaries binaries, Path data) {
        List<String> command = new ArrayList<>(List.of(
                binaries.server().toString(),
                "--no-defaults", // ignore the my.cnf of this machine
                "--basedir=" + binaries.folder(),
                "--datadir=" + data,
                "--tmpdir=" + temporary(data),
                "--lc-messages-dir=" + binaries.share(),
                "--character-sets-dir=" + binaries.share().resolve("charsets"),
                "--character-set-server=utf8mb4",
                "--innodb-buffer-pool-size=128M",
                "--innodb-log-file-size=48M"));
        if (ownedByRoot(data)) {
            command.add("--user=root"); // without this option the server refuses to run as root
        }
        return command;
    }

    /** Its own folder: a server that starts deletes all temporary tables in it, even those of another running server. */
    private static Path temporary(Path data) {
        try {
            return Files.createDirectories(data.resolveSibling("tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> serving(MariaDbBinaries binaries, DataDirectory data, int port) {
        List<String> command = common(binaries, data.path());
        command.addAll(List.of(
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=", // none: the path of a project may be too long for a socket
                "--pid-file=" + data.pidFile(),
                "--skip-ssl", // making a certificate takes up to 17 s
                "--skip-name-resolve",
                "--innodb-flush-log-at-trx-commit=1", // each commit reaches the disk: tests kill the server and count rows afterwards
                "--max-connections=300",
                "--max-allowed-packet=64M",
                "--performance-schema=OFF",
                "--innodb-fast-shutdown=1"));
        return command;
    }

    private static boolean ownedByRoot(Path folder) {
        try {
            return Files.getFileStore(folder).supportsFileAttributeView("posix") && (int) Files.getAttribute(folder, "unix:uid") == 0;
        } catch (IOException | UnsupportedOperationException notPosix) {
            return false;
        }
    }
}
