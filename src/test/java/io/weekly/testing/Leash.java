package io.weekly.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Kills a process when this JVM ends, even by kill -9. A second process, a shell, reads a pipe from the JVM. The guarded process stays a
 * child of the JVM, so signals reach only it, and its exit code is its own.
 */
final class Leash {

    private static final Path SHELL = Path.of("/bin/sh");
    /** Ctrl-C reaches the whole process group. The shell ignores it, because only the pipe counts. */
    private static final String WATCH =
            """
            trap '' INT HUP
            while read -r line; do :; done
            kill -KILL "$0" 2>/dev/null
            """;

    private Leash() {}

    static Process on(Process process) throws IOException {
        if (Files.isExecutable(SHELL)) {
            var watcher = new ProcessBuilder(SHELL.toString(), "-c", WATCH, String.valueOf(process.pid())).start();
            // At once, because another process may soon have its id.
            process.onExit().thenRun(watcher::destroyForcibly);
        }
        return process;
    }
}
