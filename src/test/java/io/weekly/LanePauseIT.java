package io.weekly;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.http.ContentType;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lane is paused through one process of the packaged application and worked by another. */
class LanePauseIT {

    private static final int RECIPIENTS = 3000;
    private static final Path APPLICATION = Path.of(System.getProperty("weekly.build.directory"), "quarkus-app", "quarkus-run.jar");
    private static final Pattern PORT = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    /** Two seconds are promised; a machine that runs other tests beside this one may take its time to show it. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final TestServers servers = new TestServers();
    private final Map<String, String> config = new LinkedHashMap<>();
    private final List<Process> started = new ArrayList<>();
    private Connection database;

    @BeforeEach
    void startServers() throws Exception {
        config.putAll(servers.start());
        config.putAll(Map.of(
                "quarkus.http.port", "0",
                "quarkus.management.port", "0",
                "mp.jwt.verify.issuer", "weekly-reports",
                "mp.jwt.verify.audiences", "weekly-reports",
                "weekly.store.dir", config.get("weekly.dev.dir") + "/pause-files"));
        database = DriverManager.getConnection(
                "jdbc:" + config.get("quarkus.datasource.reactive.url"),
                config.get("quarkus.datasource.username"),
                config.getOrDefault("quarkus.datasource.password", ""));
    }

    @AfterEach
    void stopAll() throws Exception {
        for (var process : started) {
            process.destroyForcibly().waitFor();
        }
        database.close();
        servers.stop();
    }

    @Test
    void aLanePausedThroughOneProcessStopsInAnotherAndGoesOnWhenItIsResumed() throws Exception {
        var api = start("api", "none");
        var queue = "http://127.0.0.1:" + port(api) + "/api/v1/queue";
        var worker = start("worker", "generate");
        port(worker);
        aTenantWithARun(queue.replace("/queue", "/runs"));
        await().atMost(Duration.ofSeconds(60)).until(() -> count("SELECT COUNT(*) FROM report WHERE status = 'generated'") > 0);

        for (var time = 0; time < 3; time++) {
            pause(queue, true);
            await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(() -> leased() == 0);
            var left = count("SELECT COUNT(*) FROM job WHERE state = 'ready' AND attempt = 0");
            assertThat(left).as("jobs that wait, or the test shows nothing").isPositive();
            await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> leased() == 0);
            assertThat(count("SELECT COUNT(*) FROM job WHERE state = 'ready' AND attempt = 0")).isEqualTo(left);

            pause(queue, false);
            await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(() -> leased() > 0);
        }

        assertThat(given().auth().oauth2(TestTokens.operator()).get(queue).<List<List<String>>>path("workers.lanes"))
                .containsExactly(List.of("generate"));
        worker.process().destroy();
        assertThat(worker.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(count("SELECT COUNT(*) FROM worker")).isZero();
        assertThat(given().auth().oauth2(TestTokens.operator()).get(queue).<List<Object>>path("workers")).isEmpty();
    }

    private record Started(Process process, Path log) {}

    private Started start(String name, String lanes) throws Exception {
        var log = Files.createTempFile(APPLICATION.getParent().resolveSibling("."), "pause-" + name, ".log");
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        config.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-Dweekly.worker.lanes=" + lanes, "-jar", APPLICATION.toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        started.add(process);
        return new Started(process, log);
    }

    /** Once it listens. */
    private static String port(Started application) {
        return await().atMost(Duration.ofSeconds(90)).until(
                () -> {
                    assertThat(application.process().isAlive()).as("the application runs; see " + application.log()).isTrue();
                    var said = PORT.matcher(Files.readString(application.log()));
                    return said.find() ? said.group(1) : "";
                },
                port -> !port.isEmpty());
    }

    private void aTenantWithARun(String runs) throws SQLException {
        sql("""
            INSERT INTO tenant (id, slug, name, zone, locale, color, created_at, updated_at)
            VALUES (1, 'pause', 'Pause & Co', 'Europe/Vienna', 'de', '#0a66c2', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""");
        var recipients = new StringBuilder();
        for (var i = 0; i < RECIPIENTS; i++) {
            recipients.append(i == 0 ? "" : ", ").append(
                    "(1, 'u%1$d', 'R %1$d', 'u%1$d@pause.test', '[]', TRUE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))".formatted(i));
        }
        sql("INSERT INTO recipient (tenant_id, user_id, name, email, tags, active, created_at, updated_at) VALUES " + recipients);
        given().auth().oauth2(TestTokens.operator()).contentType(ContentType.JSON)
                .body(Map.of("definition", "weekly-business", "period", "2026-W40", "tenants", List.of("pause")))
                .post(runs).then().statusCode(202);
    }

    private static void pause(String queue, boolean paused) {
        given().auth().oauth2(TestTokens.operator()).contentType(ContentType.JSON).body(Map.of("paused", paused))
                .put(queue + "/generate").then().statusCode(200);
    }

    private int leased() throws SQLException {
        return count("SELECT COUNT(*) FROM job WHERE state = 'leased'");
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
