package io.weekly.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weekly.dev.DatabaseServer;
import io.weekly.dev.DevFolder;
import io.weekly.dev.EmbeddedDatabase;
import io.weekly.testing.CutLine;
import io.weekly.testing.LogLines;
import java.nio.file.Files;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The migrations of a process that starts while the database is away. */
class MigrationsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static DevFolder folder;
    private static EmbeddedDatabase server;

    private final String name = "m_" + UUID.randomUUID().toString().replace("-", "");
    private CutLine line;

    @BeforeAll
    static void startServer() throws Exception {
        folder = new DevFolder(Files.createTempDirectory("weekly-migrations-"));
        server = EmbeddedDatabase.start(folder.database());
    }

    @AfterAll
    static void stopServer() {
        server.close();
        folder.delete();
    }

    @BeforeEach
    void aDatabaseAndItsUser() {
        server.url(name);
        execute("CREATE USER " + name + " IDENTIFIED BY 's3cret-of-a-user'");
        execute("GRANT ALL ON " + name + ".* TO " + name);
        line = new CutLine(server.host(), server.port());
    }

    @AfterEach
    void repair() {
        execute("SET GLOBAL read_only = OFF");
        line.close();
    }

    @Test
    void aDatabaseThatWorksIsMigratedWithoutAWait() {
        assertThat(Migrations.waitFor(flyway(name, "s3cret-of-a-user")::migrate)).isFalse();
    }

    @Test
    void aServerThatCannotBeReachedIsWaitedFor() {
        line.switchTo("127.0.0.1", 1);

        waitsUntil(() -> line.switchTo(server.host(), server.port()), "Communications link failure");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "SET GLOBAL read_only = ON; SET GLOBAL read_only = OFF; read-only",
        "ALTER USER %s IDENTIFIED BY 'other'; ALTER USER %s IDENTIFIED BY 's3cret-of-a-user'; Access denied",
        "ALTER USER %s ACCOUNT LOCK; ALTER USER %s ACCOUNT UNLOCK; Access denied",
        "REVOKE ALL ON %1$s.* FROM %1$s; GRANT ALL ON %1$s.* TO %1$s; Access denied",
        "REVOKE CREATE ON %1$s.* FROM %1$s; GRANT CREATE ON %1$s.* TO %1$s; denied"})
    void aServerThatDoesNotWorkIsWaitedFor(String breaks, String repairs, String reason) {
        execute(breaks.replace("%1$s", name).replace("%s", name));

        waitsUntil(() -> execute(repairs.replace("%1$s", name).replace("%s", name)), reason);
    }

    private void waitsUntil(Runnable repair, String reason) {
        try (var log = new LogLines()) {
            var waited = CompletableFuture.supplyAsync(() -> Migrations.waitFor(flyway(name, "s3cret-of-a-user")::migrate));
            await().atMost(TIMEOUT).until(() -> log.lines().stream().anyMatch(line -> line.text().contains("the database is away")
                    || waited.isDone()));
            await().during(Duration.ofSeconds(3)).atMost(TIMEOUT).until(() -> !waited.isDone());

            repair.run();

            await().atMost(TIMEOUT).until(waited::isDone);
            assertThat(waited.join()).isTrue();
            assertThat(log.lines().stream().filter(line -> line.text().contains("the database is away"))).singleElement()
                    .satisfies(line -> assertThat(line.text()).contains(reason));
            assertThat(log.lines()).anyMatch(line -> line.text().startsWith("the database answers"));
        }
    }

    @Test
    void anUnknownDatabaseIsAWrongSettingAndEndsTheWait() {
        execute("DROP DATABASE " + name);

        assertThatThrownBy(() -> Migrations.waitFor(flyway("root", "")::migrate)).hasMessageContaining("Unknown database");
    }

    @Test
    void aMigrationWithAnErrorEndsTheWait() {
        server.url(name);
        execute("CREATE TABLE " + name + ".job (id INT)");

        assertThatThrownBy(() -> Migrations.waitFor(flyway(name, "s3cret-of-a-user")::migrate)).hasMessageContaining("schema");
    }

    private Flyway flyway(String user, String password) {
        return Flyway.configure()
                .dataSource("jdbc:mysql://127.0.0.1:%d/%s".formatted(line.port(), name), user, password)
                .locations("classpath:db/migration")
                .load();
    }

    private static void execute(String sql) {
        DatabaseServer.execute(server.host(), server.port(), server.user(), "", sql);
    }
}
