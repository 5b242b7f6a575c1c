package io.weekly.dev;

import io.weekly.audit.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * The SQL scripts of {@code weekly.dev.load}. Each runs once on the embedded server, in the order of the setting. When a script has
 * changed, it runs again, and the later scripts that use the same database run again too: the changed script may drop what they added.
 *
 * <p>A file beside the data directory has the states of the scripts that have run; it is deleted together with the data. The state of a
 * script is a hash of its text and of the states of the earlier scripts on which it depends. Before a script runs, all outdated states are
 * removed. So if a script fails, or the process dies, that script and the later ones run again at the next start.
 *
 * @param states the file with one state a line
 */
record LoadedScripts(Path states) {
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
        load(scripts, script -> {
            long began = System.nanoTime();
            script.run(server.host(), server.port(), server.user(), "");
            LOG.infof("Loaded %s: %s, after %d ms", script.file(), script.databases(), (System.nanoTime() - began) / 1_000_000);
        });
    }

    void load(List<SqlScript> scripts, Consumer<SqlScript> run) {
        List<String> wanted = wanted(scripts);
        List<String> valid = new ArrayList<>(read());
        valid.retainAll(wanted);
        for (int i = 0; i < scripts.size(); i++) {
            if (!valid.contains(wanted.get(i))) {
                write(valid);
                run.accept(scripts.get(i));
                valid.add(wanted.get(i));
                write(valid);
            }
        }
    }

    /** The states of these scripts, in the same order. A script depends on the earlier ones that use one of its databases. */
    private static List<String> wanted(List<SqlScript> scripts) {
        List<Set<String>> databases = scripts.stream().map(SqlScript::touchedDatabases).toList();
        List<String> states = new ArrayList<>();
        for (int i = 0; i < scripts.size(); i++) {
            StringBuilder text = new StringBuilder();
            for (int earlier = 0; earlier < i; earlier++) {
                if (!Collections.disjoint(databases.get(earlier), databases.get(i))) {
                    text.append(' ').append(states.get(earlier));
                }
            }
            String hash = scripts.get(i).hash();
            states.add(text.isEmpty() ? hash : Sha256.hex((hash + text).getBytes(StandardCharsets.UTF_8)));
        }
        return states;
    }

    private List<String> read() {
        try {
            return Files.exists(states) ? Files.readAllLines(states) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(List<String> valid) {
        try {
            Files.write(states, valid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
