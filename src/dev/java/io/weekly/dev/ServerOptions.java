package io.weekly.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How mariadbd is called: small, deaf to the network, and as strict about commits as a server in production. */
final class ServerOptions {
    private ServerOptions() {
    }

    static List<String> common(MariaDbBinaries binaries, Path data) {
        List<String> command = new ArrayList<>(List.of(
                binaries.server().toString(),
                "--no-defaults", // the machine's own my.cnf is none of our business
                "--basedir=" + binaries.folder(),
                "--datadir=" + data,
                "--tmpdir=" + temporary(data),
                "--lc-messages-dir=" + binaries.share(),
                "--character-sets-dir=" + binaries.share().resolve("charsets"),
                "--character-set-server=utf8mb4",
                "--innodb-buffer-pool-size=128M",
                "--innodb-log-file-size=48M"));
        if (ownedByRoot(data)) {
            command.add("--user=root"); // the server refuses to run as root unless told
        }
        return command;
    }

    /** Of its own: a server that starts deletes what looks like a temporary table, also those of another that is at work in the same folder. */
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
                "--socket=", // none: its path would have to be shorter than many a project's
                "--pid-file=" + data.pidFile(),
                "--skip-ssl", // making a certificate takes up to 17 s
                "--skip-name-resolve",
                "--innodb-flush-log-at-trx-commit=1", // a commit is on disk here too: tests kill things and count afterwards
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
