package io.weekly;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.testing.Application;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packaged application, as jars or as a native executable, tested from outside. */
class PackagedApplicationIT {
    private static final Path APPLICATION = Path.of(System.getProperty("weekly.build.directory"), "quarkus-app");

    /** Starts of the names of classes that only dev mode and tests use. */
    private static final List<String> DEV_ONLY =
            List.of("io.weekly.dev.", "com.icegreen.", "ch.vorburger.", "org.apache.pdfbox.");

    @Test
    void withoutConfigurationItPrintsOneLineForEachMissingSettingAndFails() throws Exception {
        Ended ended = start(Map.of());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.lines()).satisfiesExactly(
                line -> assertThat(line).startsWith("quarkus.datasource.reactive.url is missing").contains("mysql://"),
                line -> assertThat(line).startsWith("quarkus.datasource.username is missing"),
                line -> assertThat(line).startsWith("mp.jwt.verify.publickey.location is missing"),
                line -> assertThat(line).startsWith("mp.jwt.verify.issuer is missing"),
                line -> assertThat(line).startsWith("mp.jwt.verify.audiences is missing"));
    }

    @Test
    void aSettingFromTheEnvironmentIsNotMissing() throws Exception {
        Ended ended = start(Map.of("QUARKUS_DATASOURCE_REACTIVE_URL", "mysql://db.example.com/weekly", "QUARKUS_DATASOURCE_USERNAME",
                "weekly", "MP_JWT_VERIFY_ISSUER", "https://login.example.com", "MP_JWT_VERIFY_AUDIENCES", "weekly-reports"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.lines()).singleElement().asString().startsWith("mp.jwt.verify.publickey.location is missing");
    }

    @Test
    void aMissingFolderOfDefinitionsIsReported() throws Exception {
        Ended ended = start(Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", "mysql://db.example.com/weekly", "QUARKUS_DATASOURCE_USERNAME", "weekly",
                "MP_JWT_VERIFY_ISSUER", "https://login.example.com", "MP_JWT_VERIFY_AUDIENCES", "weekly-reports",
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION", "key.pem", "WEEKLY_DEFINITIONS_DIR", APPLICATION.resolve("none").toString()));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.lines()).singleElement().asString()
                .startsWith("weekly.definitions.dir is ").endsWith("which is not a readable folder");
    }

    @Test
    void aWrongKeyIsReportedByTheNameOfItsSettingOnly() throws Exception {
        Ended ended = start(Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", "mysql://db.example.com/weekly", "QUARKUS_DATASOURCE_USERNAME", "weekly",
                "MP_JWT_VERIFY_ISSUER", "https://login.example.com", "MP_JWT_VERIFY_AUDIENCES", "weekly-reports",
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION", "key.pem", "WEEKLY_KEYS_K1", "c2hvcnQ=", "WEEKLY_KEYS_CURRENT", "k2"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.lines()).satisfiesExactly(
                line -> assertThat(line).startsWith("weekly.keys.k1 must be 32 bytes in Base64").doesNotContain("c2hvcnQ"),
                line -> assertThat(line).isEqualTo("weekly.keys.current is k2, but there is no weekly.keys.k2"));
    }

    /** A native executable does not have the defaults of application.properties at this point. */
    @Test
    void datasetsWithoutAUserOfTheirOwnAreReported() throws Exception {
        Ended ended = start(Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", "mysql://db.example.com/weekly", "QUARKUS_DATASOURCE_USERNAME", "weekly",
                "MP_JWT_VERIFY_ISSUER", "https://login.example.com", "MP_JWT_VERIFY_AUDIENCES", "weekly-reports",
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION", "key.pem"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.lines()).singleElement().asString().startsWith("quarkus.datasource.source.username is weekly");
    }

    @Test
    void anUnknownCommandDoesNotStartTheService() throws Exception {
        Ended ended = start(Map.of(), "verify-adit");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.lines().getFirst()).isEqualTo("verify-adit is no command.");
    }

    @Test
    void theApplicationHasNoClassOfDevMode() throws IOException {
        String classes = Application.executable().isPresent() ? namesIn(Application.executable().get()) : entriesOfJars();

        assertThat(DEV_ONLY).filteredOn(classes::contains).isEmpty();
        assertThat(classes.contains(Main.class.getName())).as("the names of the application's own classes are found").isTrue();
    }

    /** A native executable holds the names of its classes as text. The names of packages alone may come from settings. */
    private static String namesIn(Path executable) throws IOException {
        return new String(Files.readAllBytes(executable), StandardCharsets.ISO_8859_1);
    }

    /** The entries of all jars, one a line, named like classes. */
    private static String entriesOfJars() throws IOException {
        var entries = new StringBuilder();
        try (Stream<Path> files = Files.walk(APPLICATION)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (JarFile jar = new JarFile(file.toFile())) {
                    jar.stream().forEach(entry -> entries.append(entry.getName().replace('/', '.')).append('\n'));
                }
            }
        }
        return entries.toString();
    }

    private record Ended(int exitCode, List<String> lines) {
    }

    private static Ended start(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = Application.command(List.of(), List.of());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(key -> key.startsWith("QUARKUS_") || key.startsWith("MP_") || key.startsWith("JAVA_"));
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), output.lines().toList());
        } finally {
            process.destroyForcibly();
        }
    }
}
