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

/** Three replicas of the packaged application, a database and a mail server that can fail, and a folder for all of it. */
final class Arena implements AutoCloseable {

    /** When nothing goes wrong any more, everything has its end within this, and a moment for each report that is still open. */
    private static final Duration HEALED_WITHIN = Duration.ofMinutes(4);
    private static final Duration A_MOMENT = Duration.ofMillis(500);
    /** Longer than a dialogue may last: a replica that is asked to end leaves no mail behind of which nobody knows. */
    private static final String DRAIN = "20s";

    private static final String CONNECTIONS_OF =
            """
            SELECT COUNT(*)
            FROM information_schema.processlist
            WHERE user = '%s'""";

    /** Clocks that show the time. */
    static final List<Duration> RIGHT = Collections.nCopies(Fleet.SIZE, Duration.ZERO);

    private final DevFolder folder;
    private final Database database;
    private final MailServer mails;
    private final Application application;
    private final Fleet fleet;

    /** @param more settings of the application beside those that make failures quick enough to wait for */
    Arena(Map<String, String> more) throws IOException, SQLException {
        this(more, RIGHT);
    }

    /** @param clocks how far off the replicas' clocks are */
    Arena(Map<String, String> more, List<Duration> clocks) throws IOException, SQLException {
        this(more, clocks, Files.createTempDirectory("weekly-chaos-"));
    }

    /** @param path a folder for the database and whatever else there is to keep; it is deleted */
    Arena(Map<String, String> more, List<Duration> clocks, Path path) throws IOException, SQLException {
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
                // So many that they never are the reason: who fails here has lost a report.
                "weekly.queue.max-attempts", "100",
                "weekly.queue.initial-backoff", "200ms",
                "weekly.queue.max-backoff", "2s",
                "weekly.delivery.timeout", "10s",
                "weekly.worker.shutdown-timeout", DRAIN,
                "weekly.worker.max-backoff", "2s",
                "weekly.schedule.tick-interval", "1s"));
        config.putAll(more);
        application = new Application(config);
        for (var i = 0; i < Fleet.SIZE; i++) {
            // A user for each, so that the database can be asked which connections are whose.
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

    /** Until none of a replica's connections to the database is left: what it had sent is done, and nothing of it comes any more. */
    void awaitGoneFromDatabase(int replica) {
        await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(30)).until(
                () -> application.count(CONNECTIONS_OF.formatted(Fleet.name(replica))) == 0);
    }

    void awaitFinished(Tenants tenants) throws SQLException {
        var open = tenants.due() - ended();
        await().atMost(HEALED_WITHIN.plus(A_MOMENT.multipliedBy(open))).until(() -> {
            fleet.supervise();
            tenants.feed();
            return application.count("SELECT COUNT(*) FROM run WHERE state = 'finished'") == tenants.count();
        });
    }

    /** By the application's own proof, asked as an operator would. */
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
