package io.weekly.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weekly.dev.SqlScript;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * A music shop's database that nobody here made. It is not in the repository, so tests that need it say aloud where they cannot run. Its
 * script drops a database {@code Chinook} that is there already.
 */
public final class Chinook {
    private static final Logger LOG = Logger.getLogger(Chinook.class);
    private static final Path FILE = Path.of(System.getProperty("weekly.test.chinook", "../shared/data/chinook/Chinook_MySql.sql"));

    private Chinook() {}

    /** @param untested what nobody knows where the file is absent */
    public static SqlScript orSkip(String untested) {
        if (!Files.exists(FILE)) {
            var skipped = "SKIPPED, not tested: %s. %s is absent; -Dweekly.test.chinook= names another place".formatted(untested, FILE);
            LOG.warn(skipped);
            assumeTrue(false, skipped);
        }
        return SqlScript.of(FILE);
    }
}
