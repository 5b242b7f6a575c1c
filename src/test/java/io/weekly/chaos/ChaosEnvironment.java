package io.weekly.chaos;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.weekly.dev.DevFolder;
import io.weekly.dev.DevKeys;
import io.weekly.testing.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Three replicas of the packaged application, a database and a mail server that can fail, and a folder for their files. */
final class ChaosEnvironment implements AutoCloseable {

    /** After the last failure all runs finish in this time, plus a moment for each open report. */
    private static final Duration RECOVERY_TIMEOUT = Duration.ofMinutes(4);
    private static final Duration TIME_PER_OPEN_REPORT = Duration.ofMillis(500);
    /** Longer than a dialogue may last, so a replica that is stopped leaves no mail with an unknown outcome. */
    private static final String SHUTDOWN_TIMEOUT = "20s";

    private static final String CONNECTIONS_OF =
            """
            SELECT COUNT(*)
            FROM information_schema.processlist
            WHERE user = '%s'""";

    /** Clocks without offset. */
    static final List<Duration> NO_OFFSETS = Collections.nCopies(Fleet.SIZE, Duration.ZERO);

    private final DevFolder folder;
    private final Database database;
    private final MailServer mails;
    private final Application application;
    private final Fleet fleet;

    /** @param more settings of the application, in addition to short pauses */
    ChaosEnvironment(Map<String, String> more) throws IOException, SQLException {
        this(more, NO_OFFSETS);
    }

    /** @param clocks the offsets of the replicas' clocks */
    ChaosEnvironment(Map<String, String> more, List<Duration> clocks) throws IOException, SQLException {
        this(more, clocks, Files.createTempDirectory("weekly-chaos-"));
    }

    /** @param path a folder for the database and all other files; it is deleted at the end */
    ChaosEnvironment(Map<String, String> more, List<Duration> clocks, Path path) throws IOException, SQLException {
        folder = new DevFolder(path);
        database = new Database(folder.database());
        mails = new MailServer();
        var config = new LinkedHashMap<>(Map.of(
                "quarkus.datasource.reactive.url", database.url(),
                "quarkus.datasource.username", database.user(),
                "quarkus.mailer.host", "127.0.0.1",
                "quarkus.mailer.port", String.valueOf(mails.port()),
                "mp.jwt.verify.publickey.location", DevKeys.in(folder.keys()).publicKey().toUri().toString(),
                "mp.jwt.verify.issuer", DevKeys.ISSUER,
                "mp.jwt.verify.audiences", DevKeys.AUDIENCE,
                "weekly.store.dir", folder.files().toString()));
        config.putAll(Map.of(
                "weekly.queue.lease", "4s",
                "weekly.queue.rescue-interval", "1s",
                // So many that no report fails because of them. A failed report is a fault here.
                "weekly.queue.max-attempts", "100",
                "weekly.queue.initial-backoff", "200ms",
                "weekly.queue.max-backoff", "2s",
                "weekly.delivery.timeout", "10s",
                "weekly.worker.shutdown-timeout", SHUTDOWN_TIMEOUT,
                "weekly.worker.max-backoff", "2s",
                "weekly.schedule.tick-interval", "1s"));
        config.putAll(more);
        application = new Application(config);
        for (var i = 0; i < Fleet.SIZE; i++) {
            // A user for each replica, so that its connections can be counted.
            application.sql("CREATE USER '%s'@'%%'".formatted(Fleet.name(i)));
            application.sql("GRANT ALL ON *.* TO '%s'@'%%'".formatted(Fleet.name(i)));
        }
        fleet = new Fleet(application, clocks);
    }

    DevFolder folder() {
        return folder;
    }

    Database database() {
        return database;
    }

    MailServer mails() {
        return mails;
    }

    Application application() {
        return application;
    }

    Fleet fleet() {
        return fleet;
    }

    int ended() throws SQLException {
        return application.count("SELECT COUNT(*) FROM report WHERE status NOT IN ('queued', 'generated')");
    }

    /** Waits until a replica has no connection to the database, so all of its statements have ended. */
    void awaitGoneFromDatabase(int replica) {
        await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(30)).until(
                () -> application.count(CONNECTIONS_OF.formatted(Fleet.name(replica))) == 0);
    }

    void awaitFinished(Tenants tenants) throws SQLException {
        var open = tenants.due() - ended();
        await().atMost(RECOVERY_TIMEOUT.plus(TIME_PER_OPEN_REPORT.multipliedBy(open))).until(() -> {
            fleet.supervise();
            tenants.startNextWhenReady();
            return application.count("SELECT COUNT(*) FROM run WHERE state = 'finished'") == tenants.count();
        });
    }

    /** Asks the application for each ledger, as an operator. */
    void everyLedgerBalances() throws SQLException {
        var operator = DevKeys.in(folder.keys()).mint("operator", Optional.empty(), Set.of("operator"), DevKeys.VALID);
        for (var run : application.column("SELECT LOWER(HEX(id)) FROM run")) {
            given().auth().oauth2(operator).get(fleet.address() + "/api/v1/runs/" + run + "/ledger")
                    .then().statusCode(200).body("balanced", is(true)).body("open", is(0));
        }
    }

    @Override
    public void close() throws Exception {
        application.close();
        mails.close();
        database.close();
        folder.delete();
    }
}
