package io.weekly.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Kills a process when this JVM ends before it, be it by kill -9. A shell beside it reads a pipe from here, so the process stays a child of
 * this JVM: a kill hits it and nothing else, and its exit code is its own.
 */
final class Leash {

    private static final Path SHELL = Path.of("/bin/sh");
    /** Ctrl-C reaches the whole process group: the pipe alone decides. */
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
            // At once: its id may soon be another's.
            process.onExit().thenRun(watcher::destroyForcibly);
        }
        return process;
    }
}
