package io.weekly.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Searches what the service has logged in all tests for secrets. It is not named like a test, because it has to run after all others:
 * pom.xml does that at the end of {@code ./mvnw verify}, and {@code .ci/run} as its last step.
 */
class SuiteLogs {

    private static final Path FOLDER = Path.of("target", "logs");

    /** The log file of the applications that one JVM of tests starts. It also has what the service logs for developers only. */
    static Map<String, String> settings() {
        return Map.of(
                "quarkus.log.file.enabled", "true",
                "quarkus.log.file.path", FOLDER.resolve("tests-%d.log".formatted(ProcessHandle.current().pid())).toString(),
                "quarkus.log.file.rotation.enabled", "false",
                "quarkus.log.category.\"io.weekly\".level", "DEBUG",
                "quarkus.log.console.level", "INFO");
    }

    @Test
    void noSecretIsInTheLogsOfTheTests() throws IOException {
        var logs = logs();
        assumeThat(logs).as("logs of tests that ran before").isNotEmpty();

        System.out.printf("searching %d files of %s for secrets%n", logs.size(), FOLDER);
        assertThat(LogSecrets.in(logs)).as("lines with secrets (delete %s when you have mended it)", FOLDER).isEmpty();
    }

    private static List<Path> logs() {
        if (!Files.isDirectory(FOLDER)) {
            return List.of();
        }
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
