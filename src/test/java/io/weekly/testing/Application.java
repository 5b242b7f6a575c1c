package io.weekly.testing;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Processes of the packaged application on one database. They end when this is closed, and when this JVM ends. */
public final class Application implements AutoCloseable {

    private static final Path BUILT = Path.of(System.getProperty("weekly.build.directory"));
    private static final Path JAR = BUILT.resolve("quarkus-app").resolve("quarkus-run.jar");
    private static final Pattern PORT = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final Duration START = Duration.ofSeconds(90);
    /** The same as for the JVM of the tests (pom.xml): a process that lives for a minute starts sooner. */
    private static final List<String> JVM_OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** The mail servers of tests have no certificate, and most tests use one database user. */
    private final Map<String, String> config = new LinkedHashMap<>(Map.of(
            "quarkus.http.port", "0", "quarkus.management.port", "0", "quarkus.mailer.start-tls", "OPTIONAL",
            "weekly.source.allow-service-user", "true"));
    private final List<Running> started = new ArrayList<>();
    private Connection database;

    /** @param config settings of every process, including the database of {@link TestServers} */
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

    /** Connects again if the server was restarted. */
    private Connection database() throws SQLException {
        if (!database.isValid(5)) {
            database.close();
            database = connect();
        }
        return database;
    }

    /** Starts one more process. It may not listen yet. */
    public Running start(String name, Map<String, String> own) throws IOException {
        return start(name, own, List.of());
    }

    /**
     * Starts one more process. It may not listen yet.
     *
     * @param own settings of this process only
     * @param options options of its JVM
     */
    public Running start(String name, Map<String, String> own, List<String> options) throws IOException {
        var properties = new ArrayList<String>();
        var settings = new LinkedHashMap<>(config);
        settings.putAll(own);
        // Its output is its log.
        settings.put("quarkus.log.file.enabled", "false");
        settings.remove("quarkus.log.category.\"io.weekly\".level");
        settings.forEach((key, value) -> properties.add("-D" + key + "=" + value));
        var command = command(options, properties);
        var log = Files.createTempFile(Files.createDirectories(BUILT.resolve("logs")), name + "-", ".log");
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        var running = new Running(Leash.on(process), log);
        started.add(running);
        return running;
    }

    /** The native executable that {@code weekly.test.application} names. Empty if the tests run the jars on a JVM. */
    public static Optional<Path> executable() {
        return Optional.of(System.getProperty("weekly.test.application", "")).filter(name -> !name.isEmpty()).map(Path::of);
    }

    /** The command that starts it: a JVM with these options, or the native executable, which takes no such options. */
    public static List<String> command(List<String> options, List<String> settings) {
        var command = new ArrayList<String>();
        if (executable().isPresent()) {
            command.add(executable().get().toString());
            command.addAll(settings);
            return command;
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(options);
        command.addAll(settings);
        command.addAll(List.of("-jar", JAR.toString()));
        return command;
    }

    /** A process and its log. */
    public record Running(Process process, Path log) {

        /** Waits until it listens, which is after the migrations. Returns its address. */
        public String address() {
            return Awaitility.await().atMost(START).until(
                    () -> {
                        assertAlive();
                        var said = PORT.matcher(Files.readString(log));
                        return said.find() ? "http://127.0.0.1:" + said.group(1) : "";
                    },
                    address -> !address.isEmpty());
        }

        /** Whether it has logged that it listens. */
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

        /** SIGTERM. It ends when its current work has ended. */
        public void askToStop() {
            process.destroy();
        }

        /** SIGTERM. Waits for its end. */
        public void stop() throws InterruptedException {
            askToStop();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the application ends; see " + log).isTrue();
        }
    }

    /** The number that a query returns; 0 if it returns no row. */
    public int count(String sql) throws SQLException {
        try (var rows = database().createStatement().executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    /** The first column of the rows that a query returns. */
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

    /**
     * Waits for a condition. If it is not met in time, the error has what is needed to find out why: whether the last process runs, what it
     * logged last, and the jobs and reports.
     */
    public void await(Duration atMost, Callable<Boolean> condition) throws SQLException, IOException {
        try {
            Awaitility.await().atMost(atMost).until(condition);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("%s%n%s".formatted(late.getMessage(), state()), late);
        }
    }

    private String state() throws SQLException, IOException {
        var last = started.getLast();
        var lines = Files.readAllLines(last.log());
        var jobs = column("""
            SELECT CONCAT(lane, ' ', state, ', attempt ', attempt, ', handing over ', handing_over, ', due ', MIN(due_at), ': ', COUNT(*))
            FROM job GROUP BY lane, state, attempt, handing_over""");
        var reports = column("SELECT CONCAT(status, ', attempt ', attempt, ': ', COUNT(*)) FROM report GROUP BY status, attempt");
        return "the process %s; its last lines:%n%s%nnow %s%njobs %s%nreports %s".formatted(
                last.process().isAlive() ? "runs" : "has ended with " + last.process().exitValue(),
                String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size())), column("SELECT NOW(6)"), jobs, reports);
    }

    @Override
    public void close() throws SQLException, InterruptedException {
        for (var running : started) {
            running.kill();
        }
        database.close();
    }
}
