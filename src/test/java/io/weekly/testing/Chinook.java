package io.weekly.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weekly.dev.SqlScript;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * The script of the Chinook sample database, which is the data of a music shop. It is not in the repository. If it is absent, tests that
 * need it are skipped and say so. The script drops an existing database {@code Chinook}.
 */
public final class Chinook {
    private static final Logger LOG = Logger.getLogger(Chinook.class);
    private static final Path FILE = Path.of(System.getProperty("weekly.test.chinook", "../shared/data/chinook/Chinook_MySql.sql"));

    private Chinook() {}

    /** @param untested what is not tested if the file is absent */
    public static SqlScript orSkip(String untested) {
        if (!Files.exists(FILE)) {
            var skipped = "SKIPPED, not tested: %s. %s is absent; -Dweekly.test.chinook= names another place".formatted(untested, FILE);
            LOG.warn(skipped);
            assumeTrue(false, skipped);
        }
        return SqlScript.of(FILE);
    }
}
