package io.weekly.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The packaged application, as any number of real processes on one database. Closing it ends them all, and so does the end of this JVM. */
public final class Application implements AutoCloseable {

    private static final Path BUILT = Path.of(System.getProperty("weekly.build.directory"));
    private static final Path JAR = BUILT.resolve("quarkus-app").resolve("quarkus-run.jar");
    private static final Pattern PORT = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final Duration START = Duration.ofSeconds(90);

    private final Map<String, String> config = new LinkedHashMap<>(Map.of("quarkus.http.port", "0", "quarkus.management.port", "0"));
    private final List<Running> started = new ArrayList<>();
    private Connection database;

    /** @param config what every process is told, the database of {@link TestServers} among it */
    public Application(Map<String, String> config) throws SQLException {
        this.config.putAll(config);
        this.database = connect();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:" + config.get("quarkus.datasource.reactive.url") + "?connectionTimeZone=UTC",
                config.get("quarkus.datasource.username"),
                config.getOrDefault("quarkus.datasource.password", ""));
    }

    /** The server may have been restarted since. */
    private Connection database() throws SQLException {
        if (!database.isValid(5)) {
            database.close();
            database = connect();
        }
        return database;
    }

    /** One more process, which may not listen yet. */
    public Running start(String name, Map<String, String> own) throws IOException {
        return start(name, own, List.of());
    }

    /** @param options of its JVM */
    public Running start(String name, Map<String, String> own, List<String> options) throws IOException {
        var given = new ArrayList<String>();
        var told = new LinkedHashMap<>(config);
        told.putAll(own);
        told.forEach((key, value) -> given.add("-D" + key + "=" + value));
        var command = command(options, given);
        var log = Files.createTempFile(BUILT, name + "-", ".log");
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        var running = new Running(Leash.on(process), log);
        started.add(running);
        return running;
    }

    /** How it is started: by a JVM with these options, or as the native executable that {@code weekly.test.application} names. */
    public static List<String> command(List<String> options, List<String> settings) {
        String executable = System.getProperty("weekly.test.application", "");
        var command = new ArrayList<>(List.of(
                executable.isEmpty() ? Path.of(System.getProperty("java.home"), "bin", "java").toString() : executable));
        if (executable.isEmpty()) {
            command.addAll(options);
        }
        command.addAll(settings);
        if (executable.isEmpty()) {
            command.addAll(List.of("-jar", JAR.toString()));
        }
        return command;
    }

    /** A process and what it says. */
    public record Running(Process process, Path log) {

        /** Where it listens, once it does; so its migrations are done. */
        public String address() {
            return await().atMost(START).until(
                    () -> {
                        assertAlive();
                        var said = PORT.matcher(Files.readString(log));
                        return said.find() ? "http://127.0.0.1:" + said.group(1) : "";
                    },
                    address -> !address.isEmpty());
        }

        /** Whether it has ever said where it listens. */
        public boolean listens() throws IOException {
            return PORT.matcher(Files.readString(log)).find();
        }

        public void assertAlive() {
            assertThat(process.isAlive()).as("the application runs; see " + log).isTrue();
        }

        /** SIGKILL: no hook of the process runs. */
        public void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        /** SIGTERM; it ends when it has ended what is under way. */
        public void askToStop() {
            process.destroy();
        }

        /** SIGTERM, and its end. */
        public void stop() throws InterruptedException {
            askToStop();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the application ends; see " + log).isTrue();
        }
    }

    /** The number that a query answers; 0 where it answers none. */
    public int count(String sql) throws SQLException {
        try (var rows = database().createStatement().executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    /** One column of the rows that a query answers. */
    public List<String> column(String sql) throws SQLException {
        var values = new ArrayList<String>();
        try (var rows = database().createStatement().executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    public void sql(String sql) throws SQLException {
        try (var statement = database().createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Override
    public void close() throws SQLException, InterruptedException {
        for (var running : started) {
            running.kill();
        }
        database.close();
    }
}
