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
 * The SQL scripts of {@code weekly.dev.load}. Each runs once on the embedded server, and again when it has changed. A file beside the data
 * directory has the hashes of the scripts that have run; it is deleted together with the data.
 */
record LoadedScripts(Path hashes) {
    static final String KEY = "weekly.dev.load";
    private static final Logger LOG = Logger.getLogger(LoadedScripts.class);

    static LoadedScripts in(DevFolder folder) {
        return new LoadedScripts(folder.database().resolve("loaded"));
    }

    /** Reads the scripts before a server starts, so that a fault in a file is reported early. */
    static List<SqlScript> named(Config config) {
        return config.getOptionalValues(KEY, Path.class).orElse(List.of()).stream().map(Path::toAbsolutePath).map(SqlScript::of).toList();
    }

    void load(List<SqlScript> scripts, EmbeddedDatabase server) {
        for (SqlScript script : scripts) {
            if (!known().contains(script.hash())) {
                long began = System.nanoTime();
                script.run(server.host(), server.port(), server.user(), "");
                remember(script);
                LOG.infof("Loaded %s: %s, after %d ms", script.file(), script.databases(), (System.nanoTime() - began) / 1_000_000);
            }
        }
    }

    private List<String> known() {
        try {
            return Files.exists(hashes) ? Files.readAllLines(hashes) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remember(SqlScript script) {
        try {
            Files.writeString(hashes, script.hash() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
