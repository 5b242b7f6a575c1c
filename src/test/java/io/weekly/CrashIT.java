package io.weekly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promise, kept by the packaged application: killed in the middle of a run, it loses nothing, and sends nothing twice that it does not flag. */
class CrashIT {

    private static final int RECIPIENTS = 240;
    private static final int DELIVERIES = 4;
    private static final Path APPLICATION = Path.of(System.getProperty("weekly.build.directory"), "quarkus-app", "quarkus-run.jar");

    private final TestServers servers = new TestServers();
    private final MoodyMailServer mails = new MoodyMailServer();
    private final Map<String, String> config = new LinkedHashMap<>();
    private final List<Process> started = new ArrayList<>();
    private Path log;
    private Connection database;

    @BeforeEach
    void startServers() throws Exception {
        config.putAll(servers.start());
        config.putAll(mails.start());
        config.putAll(Map.of(
                "quarkus.http.port", "0",
                "quarkus.management.port", "0",
                "mp.jwt.verify.issuer", "test",
                "mp.jwt.verify.audiences", "test",
                "weekly.store.dir", config.get("weekly.dev.dir") + "/crash-files",
                "weekly.queue.lease", "4s",
                "weekly.queue.rescue", "1s",
                "weekly.delivery.timeout", "3s",
                "weekly.worker.deliveries", String.valueOf(DELIVERIES),
                "weekly.schedule.tick", "1s"));
        log = Files.createTempFile(APPLICATION.getParent().resolveSibling("."), "crash", ".log");
        database = DriverManager.getConnection(
                "jdbc:" + config.get("quarkus.datasource.reactive.url") + "?connectionTimeZone=UTC",
                config.get("quarkus.datasource.username"),
                config.getOrDefault("quarkus.datasource.password", ""));
    }

    @AfterEach
    void stopAll() throws Exception {
        for (var process : started) {
            process.destroyForcibly().waitFor();
        }
        database.close();
        mails.stop();
        servers.stop();
    }

    @Test
    void killedTwiceInARunNothingIsLostAndNothingGoesOutTwiceUnflagged() throws Exception {
        var first = start();
        await().atMost(Duration.ofSeconds(60)).until(this::isMigrated);
        aTenantWithADueSchedule();

        awaitDelivered(RECIPIENTS / 4);
        kill(first);
        var second = start();
        awaitDelivered(RECIPIENTS / 2);
        kill(second);
        start();
        await().atMost(Duration.ofSeconds(150)).until(() -> count("SELECT COUNT(*) FROM run WHERE state = 'finished'") == 1);

        assertThat(count("SELECT due FROM run")).isEqualTo(RECIPIENTS);
        // A mail that both kills met in the middle of its dialogue is not sent a third time: that is what unknown is for.
        var unknown = count("SELECT COUNT(*) FROM report WHERE status = 'unknown'");
        assertThat(unknown).isLessThanOrEqualTo(DELIVERIES);
        assertThat(count("SELECT COUNT(*) FROM report WHERE status = 'delivered'")).isEqualTo(RECIPIENTS - unknown);
        assertThat(count("SELECT COUNT(*) FROM job")).isZero();
        assertThat(count("SELECT SUM(n) FROM run_count WHERE status = 'delivered'")).isEqualTo(RECIPIENTS - unknown);
        assertThat(count("SELECT COUNT(*) FROM delivery WHERE outcome = 'unknown' AND unknown_before")).isEqualTo(unknown);
        var flagged = new ArrayList<String>();
        var twice = new ArrayList<String>();
        try (var rows = database.createStatement().executeQuery("SELECT address, unknown_before, outcome FROM delivery")) {
            while (rows.next()) {
                var address = rows.getString("address");
                if (!"unknown".equals(rows.getString("outcome"))) {
                    assertThat(MoodyMailServer.received(address)).as(address).isPositive();
                }
                if (rows.getBoolean("unknown_before")) {
                    flagged.add(address);
                }
                if (MoodyMailServer.received(address) > 1) {
                    twice.add(address);
                }
            }
        }
        assertThat(flagged).hasSizeLessThanOrEqualTo(2 * DELIVERIES).containsAll(twice);
    }

    @Test
    void aStopBySignalDrainsAndCostsNoAttempt() throws Exception {
        var first = start();
        await().atMost(Duration.ofSeconds(60)).until(this::isMigrated);
        aTenantWithADueSchedule();
        awaitDelivered(RECIPIENTS / 4);

        first.destroy();
        assertThat(first.waitFor(40, java.util.concurrent.TimeUnit.SECONDS)).isTrue();

        assertThat(count("SELECT COUNT(*) FROM job WHERE state = 'leased'")).isZero();
        assertThat(count("SELECT COUNT(*) FROM job WHERE attempt > 0")).isZero();
        start();
        await().atMost(Duration.ofSeconds(90)).until(() -> count("SELECT COUNT(*) FROM run WHERE state = 'finished'") == 1);
        assertThat(count("SELECT COUNT(*) FROM report WHERE status = 'delivered'")).isEqualTo(RECIPIENTS);
        assertThat(count("SELECT COUNT(*) FROM delivery WHERE unknown_before OR attempts > 1")).isZero();
    }

    private Process start() throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        config.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", APPLICATION.toString()));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        started.add(process);
        return process;
    }

    /** SIGKILL: no hook of the process runs. */
    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void aTenantWithADueSchedule() throws SQLException {
        sql("""
            INSERT INTO tenant (id, slug, name, zone, locale, color, created_at, updated_at)
            VALUES (1, 'crash', 'Crash & Sons', 'Europe/Vienna', 'de', '#0a66c2', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""");
        for (var i = 0; i < RECIPIENTS; i++) {
            sql("""
                INSERT INTO recipient (tenant_id, user_id, name, email, tags, active, created_at, updated_at)
                VALUES (1, 'u%d', 'Recipient %d', 'slow-%d@%s.test', '[]', TRUE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"""
                    .formatted(i, i, i, log.getFileName().toString().replace(".log", "")));
        }
        sql("""
            INSERT INTO schedule (tenant_id, id, definition, weekday, send_time, window_minutes, formats, delivery, owner, catch_up, approval,
                                  paused, next_run_at, created_at, updated_at)
            VALUES (1, UNHEX('01000000000070008000000000000001'), 'weekly-business', 1, '07:00', 0, 'pdf', 'attachment', 'o@crash.test',
                    'latest', 'none', FALSE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""");
    }

    private void awaitDelivered(int reports) {
        await().atMost(Duration.ofSeconds(90))
                .until(() -> {
                    assertThat(started.getLast().isAlive()).as("the application runs; see " + log).isTrue();
                    return count("SELECT COUNT(*) FROM report WHERE status = 'delivered'") >= reports;
                });
    }

    /** Flyway's last table is there, and with it the row that the application reads first. */
    private boolean isMigrated() throws SQLException {
        return count("""
            SELECT COUNT(*)
            FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_name = 'send_rate'""") == 1
                && count("SELECT COUNT(*) FROM send_rate") == 1;
    }

    private int count(String sql) throws SQLException {
        try (var rows = database.createStatement().executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private void sql(String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
