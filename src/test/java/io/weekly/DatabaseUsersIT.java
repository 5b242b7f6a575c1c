package io.weekly;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.weekly.dev.DevKeys;
import io.weekly.testing.Application;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The packaged application with three database users, whose rights are granted as docs/database-users.md says: the whole life of reports,
 * from the order to the erasure of their reader, with encrypted files and a sealed audit trail. On the way there, it does not hand a mail
 * to a server without encryption.
 */
class DatabaseUsersIT {

    private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String PASSWORD = "a-Password-1";

    private static final String NOT_SEALED = """
            SELECT COUNT(*) FROM audit_event
            WHERE action = 'report.delivered' AND id > (SELECT COALESCE(MAX(last_id), 0) FROM audit_seal)""";

    private final TestServers servers = new TestServers();
    private final MoodyMailServer mails = new MoodyMailServer();
    /** Users belong to the whole server, so each run has its own. */
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String address = "ann@" + suffix + ".test";
    private Map<String, String> config;
    private Path files;
    private Path anchors;
    private Application application;

    @BeforeEach
    void startServers() throws Exception {
        config = new LinkedHashMap<>(servers.start());
        config.putAll(mails.start());
        files = Path.of(config.get("weekly.dev.dir"), "users-files");
        anchors = Path.of(config.get("weekly.dev.dir"), "users-anchors");
        config.putAll(Map.of("weekly.store.encryption", "on", "weekly.audit.anchor", anchors.toString()));
        config.putAll(Map.of("weekly.audit.seal-interval", "1s", "weekly.audit.settle", "1s"));
        config.putAll(Map.of(
                "mp.jwt.verify.issuer", DevKeys.ISSUER,
                "mp.jwt.verify.audiences", DevKeys.AUDIENCE,
                "weekly.store.dir", files.toString(),
                "weekly.queue.initial-backoff", "1s",
                "weekly.queue.max-backoff", "2s",
                "weekly.worker.max-backoff", "1s",
                "weekly.schedule.tick-interval", "1s"));
        application = new Application(config);
    }

    @AfterEach
    void stopAll() throws Exception {
        for (var user : List.of("migration", "service", "source")) {
            application.sql("DROP USER IF EXISTS %s".formatted(name(user)));
        }
        application.close();
        mails.stop();
        servers.stop();
    }

    @Test
    void theServiceWorksWithTheRightsOfTheDocumentation() throws Exception {
        var blocks = SQL.matcher(Files.readString(Path.of("docs/database-users.md"))).results().map(block -> block.group(1)).toList();
        assertThat(blocks).hasSize(2);
        run(blocks.getFirst());
        var first = start(Map.of("weekly.worker.lanes", "none"));
        first.address();
        first.kill();
        run(blocks.getLast());
        aTenantWithADueSchedule();

        var second = start(Map.of("quarkus.mailer.start-tls", "REQUIRED"));
        application.await(TIMEOUT, () -> count("SELECT COUNT(*) FROM delivery WHERE reply LIKE '%STARTTLS%'") == 1);
        assertThat(MoodyMailServer.received(address)).isZero();
        aReportIsOrderedAndOpenedByALink(second.address());
        assertThat(stored()).isNotEmpty().allSatisfy(file -> assertThat(file).asString().endsWith(".enc"));
        second.stop();

        var third = start(Map.of());
        application.await(TIMEOUT, () -> count("SELECT COUNT(*) FROM run WHERE state = 'finished'") == 1);
        theFileOfAnExpiredReportIsDeleted();
        theReaderIsErased(third.address());
        application.await(TIMEOUT, () -> count(NOT_SEALED) == 0);
        third.stop();

        assertThat(count("SELECT COUNT(*) FROM report WHERE status = 'delivered'")).isOne();
        assertThat(count("SELECT orders FROM order_count")).isOne();
        assertThat(MoodyMailServer.received(address)).isOne();
        for (var log : List.of(second.log(), third.log())) {
            assertThat(Files.readString(log)).doesNotContainIgnoringCase("denied").doesNotContain("may do more than read");
        }
        noUserMayDoMore();
        theCommandComparesTheAuditTrailWithItsSeals();
    }

    private List<Path> stored() throws IOException {
        try (var found = Files.walk(files)) {
            return found.filter(Files::isRegularFile).toList();
        }
    }

    private void aReportIsOrderedAndOpenedByALink(String service) throws Exception {
        var reports = service + "/api/v1/reports";
        var id = admin().body(Map.of("definition", "weekly-business", "recipient", "u1")).post(reports).then().statusCode(202)
                .extract().<String>path("id");
        application.await(TIMEOUT, () -> admin().get(reports + "/" + id).<Boolean>path("done"));
        admin().get(reports + "/" + id + "/files/pdf").then().statusCode(200);
        var link = admin().body(Map.of("format", "pdf")).post(reports + "/" + id + "/links").then().statusCode(201)
                .extract().<String>path("url");
        given().get(link.replace(TestServers.PUBLIC_URL, service)).then().statusCode(200);
        application.sql("UPDATE file SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 HOUR WHERE report_id = UNHEX('%s')".formatted(id));
    }

    private static RequestSpecification admin() {
        return given().auth().oauth2(TestTokens.tenantAdmin("users", "boss")).contentType(ContentType.JSON);
    }

    private void theFileOfAnExpiredReportIsDeleted() throws Exception {
        application.await(TIMEOUT, () -> count("SELECT COUNT(*) FROM file WHERE deleted_at IS NOT NULL") > 0);
    }

    private void theReaderIsErased(String service) throws Exception {
        admin().post(service + "/api/v1/tenants/users/recipients/u1/erasure").then().statusCode(202);
        application.await(TIMEOUT, () -> count("SELECT COUNT(*) FROM erasure WHERE finished_at IS NOT NULL") == 1);
        assertThat(count("SELECT COUNT(*) FROM link")).isZero();
    }

    private void noUserMayDoMore() {
        assertDenied("service", "UPDATE audit_event SET actor = 'nobody'");
        assertDenied("service", "DELETE FROM audit_event");
        assertDenied("service", "TRUNCATE TABLE audit_event");
        assertDenied("service", "UPDATE audit_person SET user_id = 'nobody'");
        assertDenied("service", "UPDATE audit_text SET text = ''");
        assertDenied("service", "ALTER TABLE report ADD COLUMN more INT");
        assertDenied("service", "CREATE TABLE more (id INT)");
        assertDenied("service", "DELETE FROM flyway_schema_history");
        assertDenied("source", "SELECT email FROM recipient");
        assertDenied("source", "SELECT pdf_password FROM tenant");
        assertDenied("source", "DELETE FROM metric");
        assertDenied("migration", "CREATE DATABASE more_" + suffix);
        assertDenied("migration", "CREATE USER more_" + suffix);
    }

    private void assertDenied(String user, String sql) {
        assertThatThrownBy(() -> {
            try (var connection = DriverManager.getConnection(jdbcUrl(), name(user), PASSWORD);
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }).as("%s: %s", user, sql).isInstanceOf(SQLException.class).hasMessageContaining("denied");
    }

    private void theCommandComparesTheAuditTrailWithItsSeals() throws Exception {
        assertThat(verifyAudit()).startsWith("0 VALID").doesNotContain("No anchors were compared");
        application.sql("UPDATE audit_event SET action = 'report.skipped' WHERE action = 'report.delivered'");
        assertThat(verifyAudit()).startsWith("1 BROKEN").contains("changed");
    }

    /** The exit code and the output. The user of the service may read all that the command needs. */
    private String verifyAudit() throws Exception {
        var settings = Map.of(
                "quarkus.datasource.jdbc.url", jdbcUrl(), "quarkus.datasource.username", name("service"),
                "quarkus.datasource.password", PASSWORD, "weekly.keys.current", "test", "weekly.keys.test", config.get("weekly.keys.test"));
        var options = settings.entrySet().stream().map(setting -> "-D" + setting.getKey() + "=" + setting.getValue()).toList();
        var command = Application.command(List.of(), options);
        command.addAll(List.of("verify-audit", "--anchor=" + anchors));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + output;
    }

    private Application.Running start(Map<String, String> more) throws IOException {
        var own = new LinkedHashMap<>(Map.of(
                "quarkus.datasource.username", name("service"), "quarkus.datasource.password", PASSWORD,
                "quarkus.flyway.username", name("migration"), "quarkus.flyway.password", PASSWORD,
                "quarkus.datasource.source.username", name("source"), "quarkus.datasource.source.password", PASSWORD,
                "weekly.source.allow-service-user", "false",
                // MySQL sends passwords without encryption only if the client has the key of the server.
                "quarkus.datasource.jdbc.url", jdbcUrl()));
        own.putAll(more);
        return application.start("users", own);
    }

    private String jdbcUrl() {
        return "jdbc:" + config.get("quarkus.datasource.reactive.url") + "?allowPublicKeyRetrieval=true";
    }

    private String name(String user) {
        return user + "_" + suffix;
    }

    /** Runs the statements of a block, with the names and passwords of this test. */
    private void run(String block) throws SQLException {
        var database = config.get("quarkus.datasource.reactive.url").replaceFirst(".*/", "");
        for (var statement : block.replaceAll("\\bweekly_(migration|service|source)\\b", "$1_" + suffix)
                .replaceAll("\\bweekly\\b", database)
                .replace("…", PASSWORD)
                .split(";\n")) {
            application.sql(statement);
        }
    }

    private void aTenantWithADueSchedule() throws SQLException {
        application.sql("""
            INSERT INTO tenant (id, slug, name, zone, locale, color, created_at, updated_at)
            VALUES (1, 'users', 'Users & Co', 'Europe/Vienna', 'de', '#0a66c2', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""");
        application.sql("""
            INSERT INTO recipient (tenant_id, user_id, name, email, tags, active, created_at, updated_at)
            VALUES (1, 'u1', 'Ann', '%s', '[]', TRUE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""".formatted(address));
        application.sql("""
            INSERT INTO schedule (tenant_id, id, definition, weekday, send_time, window_minutes, formats, delivery, owner, catch_up,
                                  approval, paused, next_run_at, created_at, updated_at)
            VALUES (1, UNHEX('01000000000070008000000000000001'), 'weekly-business', 1, '07:00', 0, 'pdf', 'attachment', 'o@users.test',
                    'latest', 'none', FALSE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""");
    }

    private int count(String sql) throws SQLException {
        return application.count(sql);
    }
}
