package io.weekly.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Databases to make reports of: the scripts of {@code weekly.dev.load}, each run once on the embedded server, and again when it has
 * changed. The marks of those that have run stand beside the tables, and go with them.
 */
record LoadedScripts(Path marks) {
    static final String KEY = "weekly.dev.load";
    private static final Logger LOG = Logger.getLogger(LoadedScripts.class);

    static LoadedScripts in(DevFolder folder) {
        return new LoadedScripts(folder.database().resolve("loaded"));
    }

    /** Read at once: what is wrong with a file is better told before a server has started. */
    static List<SqlScript> named(Config config) {
        return config.getOptionalValues(KEY, Path.class).orElse(List.of()).stream().map(Path::toAbsolutePath).map(SqlScript::of).toList();
    }

    void load(List<SqlScript> scripts, EmbeddedDatabase server) {
        for (SqlScript script : scripts) {
            if (!known().contains(script.mark())) {
                long began = System.nanoTime();
                script.run(server.host(), server.port(), server.user(), "");
                remember(script);
                LOG.infof("Loaded %s: %s, after %d ms", script.file(), script.databases(), (System.nanoTime() - began) / 1_000_000);
            }
        }
    }

    private List<String> known() {
        try {
            return Files.exists(marks) ? Files.readAllLines(marks) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remember(SqlScript script) {
        try {
            Files.writeString(marks, script.mark() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
