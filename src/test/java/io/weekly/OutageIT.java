package io.weekly;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weekly.dev.DevFolder;
import io.weekly.dev.DevKeys;
import io.weekly.dev.EmbeddedDatabase;
import io.weekly.testing.Application;
import io.weekly.testing.MoodyMailServer;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged application during and after an outage of its database: its log and its work. */
class OutageIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    /** Long enough for each timer to use the database many times. */
    private static final Duration SEVERAL_TIMER_INTERVALS = Duration.ofSeconds(8);
    /** The client gives up on a connection after 30 s, and may log that. */
    private static final Duration LONGER_THAN_THE_CONNECT_TIMEOUT = Duration.ofSeconds(34);

    private static final Duration SERVER_START_TIME = Duration.ofSeconds(12);
    private static final Duration LONGER_THAN_THE_LEASE = Duration.ofSeconds(6);
    private static final String REPORT = "1".repeat(32);

    private DevFolder folder;
    private EmbeddedDatabase database;
    private Application application;

    @BeforeEach
    void startServers() throws Exception {
        folder = new DevFolder(Files.createTempDirectory("weekly-outage-"));
        database = EmbeddedDatabase.start(folder.database());
        application = new Application(Map.of(
                "quarkus.datasource.reactive.url", database.url("outage"),
                "quarkus.datasource.username", database.user(),
                "mp.jwt.verify.publickey.location", DevKeys.in(folder.keys()).publicKey().toUri().toString(),
                "mp.jwt.verify.issuer", DevKeys.ISSUER,
                "mp.jwt.verify.audiences", DevKeys.AUDIENCE,
                "weekly.store.dir", folder.files().toString()));
    }

    @AfterEach
    void stopAll() throws Exception {
        application.close();
        database.close();
        folder.delete();
    }

    @Test
    void anOutageOfTheDatabaseIsTwoLines() throws Exception {
        var running = application.start("outage", Map.of());
        running.address();
        awaitCheckOfRights(running);
        var before = lines(running).size();

        database.kill();
        await().atMost(TIMEOUT).until(() -> said(running, before).contains("the database is away"));
        await().atMost(TIMEOUT).during(SEVERAL_TIMER_INTERVALS).until(running.process()::isAlive);
        database = EmbeddedDatabase.start(folder.database(), database.port());
        await().atMost(TIMEOUT).until(() -> said(running, before).contains("the database answers again"));
        await().atMost(TIMEOUT).during(LONGER_THAN_THE_CONNECT_TIMEOUT).until(running.process()::isAlive);

        assertThat(lines(running).stream().skip(before)).satisfiesExactly(
                away -> assertThat(away).contains(" ERROR ", "the database is away"),
                back -> assertThat(back).contains(" INFO ", "the database answers again"));
    }

    @Test
    void aRequestDuringAnOutageOfTheDatabaseIsA503AndNotLogged() throws Exception {
        var running = application.start("request", Map.of());
        var address = running.address();
        awaitCheckOfRights(running);
        var before = lines(running).size();
        var operator = DevKeys.in(folder.keys()).mint("operator", Optional.empty(), Set.of("operator"), DevKeys.VALID);

        database.kill();
        for (var path : List.of("/api/v1/tenants", "/api/v1/tenants/nobody", "/api/v1/queue")) {
            given().auth().oauth2(operator).get(address + path).then().statusCode(503).header("Retry-After", "5");
        }

        assertThat(lines(running).stream().skip(before)).singleElement().asString().contains("the database is away");
    }

    @Test
    void whateverElseFailsIsLoggedWithItsStack() throws Exception {
        var running = application.start("fault", Map.of());
        running.address();

        application.sql("ALTER TABLE run_delta DROP COLUMN delta");

        await().atMost(TIMEOUT).until(() -> said(running, 0).contains("RunSweeper#sweep failed"));
        assertThat(said(running, 0)).contains("Unknown column").containsPattern("\n\\s+at io\\.vertx\\.");
        // The timer fails each second. The same failure is logged once.
        await().atMost(TIMEOUT).during(SEVERAL_TIMER_INTERVALS)
                .until(() -> lines(running).stream().filter(line -> line.contains("RunSweeper#sweep failed")).count() == 1);
    }

    @Test
    void aDeliveryDuringAnOutageOfTheDatabaseIsWrittenAfterItAndNotRepeated() throws Exception {
        var mails = new MoodyMailServer();
        var running = application.start("mailed", mails.start());
        running.address();
        try {
            aReportTo("wait-for-me@outage.test");
            await().atMost(TIMEOUT).until(() -> MoodyMailServer.received("wait-for-me@outage.test") == 1);

            database.kill();
            MoodyMailServer.answer("wait-for-me@outage.test");
            await().atMost(TIMEOUT).during(SERVER_START_TIME).until(running.process()::isAlive);
            database = EmbeddedDatabase.start(folder.database(), database.port());

            application.await(TIMEOUT, () -> application.count("SELECT COUNT(*) FROM report WHERE status = 'delivered'") == 1);
            assertThat(application.count("SELECT COUNT(*) FROM delivery WHERE attempts = 1 AND NOT unknown_before")).isEqualTo(1);
            assertThat(MoodyMailServer.received("wait-for-me@outage.test")).isEqualTo(1);
        } finally {
            mails.stop();
        }
    }

    /** As a user that a read-only server refuses; the lease is shorter than the outage. */
    @Test
    void aDeliveryWhileTheDatabaseTakesNoWritesIsWrittenAfterwardsAndCostsNoAttempt() throws Exception {
        var mails = new MoodyMailServer();
        application.sql("CREATE USER app");
        application.sql("GRANT ALL ON outage.* TO app");
        var own = new HashMap<>(mails.start());
        own.putAll(Map.of("quarkus.datasource.username", "app", "weekly.queue.lease", "4s"));
        var running = application.start("read-only", own);
        running.address();
        awaitCheckOfRights(running);
        try {
            aReportTo("wait-and-see@outage.test");
            await().atMost(TIMEOUT).until(() -> MoodyMailServer.received("wait-and-see@outage.test") == 1);
            var before = lines(running).size();

            application.sql("SET GLOBAL read_only = ON");
            await().atMost(TIMEOUT).until(() -> said(running, before).contains("the database is away"));
            MoodyMailServer.answer("wait-and-see@outage.test");
            await().atMost(TIMEOUT).during(LONGER_THAN_THE_LEASE).until(running.process()::isAlive);
            application.sql("UPDATE job SET due_at = NOW(6) - INTERVAL 1 MINUTE");
            application.sql("SET GLOBAL read_only = OFF");

            application.await(TIMEOUT, () -> application.count("SELECT COUNT(*) FROM report WHERE status = 'delivered'") == 1);
            assertThat(application.count("SELECT attempt FROM report")).isEqualTo(1);
            assertThat(application.count("SELECT COUNT(*) FROM delivery WHERE attempts = 1 AND NOT unknown_before")).isEqualTo(1);
            assertThat(MoodyMailServer.received("wait-and-see@outage.test")).isEqualTo(1);
            await().atMost(TIMEOUT).until(() -> said(running, before).contains("the database answers again"));
            assertThat(lines(running).stream().skip(before)).hasSize(2);
        } finally {
            mails.stop();
        }
    }

    @Test
    void aProcessThatStartsDuringAnOutageWaitsForTheDatabase() throws Exception {
        database.kill();
        var running = application.start("waits", Map.of());
        await().atMost(TIMEOUT).until(() -> said(running, 0).contains("this process starts when it answers"));
        await().atMost(TIMEOUT).during(SEVERAL_TIMER_INTERVALS).until(() -> running.process().isAlive() && !running.listens());

        database = EmbeddedDatabase.start(folder.database(), database.port());

        given().get(running.address() + "/q/openapi").then().statusCode(200);
        assertThat(lines(running).stream().filter(line -> line.contains(" ERROR "))).hasSize(1);
        assertThat(said(running, 0)).contains("the database answers, after");
    }

    @Test
    void aProcessThatWaitsForTheDatabaseIsStoppedByASignalAtOnce() throws Exception {
        var running = application.start("stopped", Map.of("quarkus.datasource.password", "wrong"));
        await().atMost(TIMEOUT).until(() -> said(running, 0).contains("Access denied"));

        running.askToStop();

        assertThat(running.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(running.process().exitValue()).isEqualTo(143);
    }

    @Test
    void aProcessWithAnUnknownDatabaseEndsAtOnce() throws Exception {
        var url = "mysql://127.0.0.1:%d/nowhere".formatted(database.port());
        var running = application.start("unknown", Map.of("quarkus.datasource.reactive.url", url));

        assertThat(running.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(running.process().exitValue()).isEqualTo(1);
        assertThat(said(running, 0)).contains("Unknown database");
    }

    private void aReportTo(String address) throws SQLException {
        application.sql("""
            INSERT INTO tenant (id, slug, name, zone, locale, color, created_at, updated_at)
            VALUES (1, 'outage', 'Outage', 'UTC', 'en', '#0a66c2', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""");
        application.sql("""
            INSERT INTO recipient (tenant_id, id, user_id, name, email, tags, active, created_at, updated_at)
            VALUES (1, 1, 'u', 'U', '%s', '[]', TRUE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""".formatted(address));
        application.sql("""
            INSERT INTO report (tenant_id, id, recipient_id, definition, period, revision, request, priority, formats, delivery, status,
                                attempt, created_at)
            VALUES (1, UNHEX('%1$s'), 1, 'weekly-business', '2026-W40', 1, UNHEX('%1$s'), 'bulk', 'pdf', 'attachment', 'queued', 0,
                    UTC_TIMESTAMP(6))""".formatted(REPORT));
        application.sql("""
            INSERT INTO job (lane, state, priority, turn, tenant_id, report_id, attempt, due_at, handing_over, created_at)
            VALUES ('generate', 'ready', 1, 1, 1, UNHEX('%s'), 0, UTC_TIMESTAMP(6), FALSE, UTC_TIMESTAMP(6))""".formatted(REPORT));
    }

    /** This check begins with the application and logs its result, at any time after the start. Tests that count lines wait for it. */
    private static void awaitCheckOfRights(Application.Running running) {
        await().atMost(TIMEOUT).until(() -> said(running, 0).contains("may do more than read"));
    }

    private static List<String> lines(Application.Running running) throws IOException {
        return Files.readAllLines(running.log());
    }

    private static String said(Application.Running running, int after) throws IOException {
        // Read once, because the process goes on writing.
        var lines = lines(running);
        return String.join("\n", lines.subList(after, lines.size()));
    }
}
