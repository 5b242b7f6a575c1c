package io.weekly.bench;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.weekly.testing.Application;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Reports whose mails are stored and wait, in a database without a process of the application, and a {@link MailSink}. The processes that
 * this starts have the JVM options of production.
 */
final class StoredMails implements AutoCloseable {

    /** They undo those of {@link Application}: every tier of the compiler, and the collector that Java chooses. */
    private static final List<String> JVM_OPTIONS = List.of("-XX:TieredStopAtLevel=4", "-XX:-UseSerialGC");

    private static final Duration TIME_PER_REPORT = Duration.ofMillis(500);
    private static final Duration START = Duration.ofMinutes(2);
    private static final int ROWS_OF_AN_INSERT = 1000;

    private final TestServers servers = new TestServers();
    private final int mails;
    private final MailSink sink;
    private final Application application;

    StoredMails(int mails, Map<String, String> settings) throws Exception {
        this.mails = mails;
        this.sink = new MailSink(mails);
        var config = new LinkedHashMap<>(servers.start());
        config.putAll(Map.of(
                "mp.jwt.verify.issuer", "weekly-reports",
                "mp.jwt.verify.audiences", "weekly-reports",
                "weekly.store.dir", config.get("weekly.dev.dir") + "/bench-files",
                "quarkus.mailer.port", String.valueOf(sink.port())));
        config.putAll(settings);
        application = new Application(config);
        generate();
    }

    MailSink sink() {
        return sink;
    }

    /** One process makes and stores all of them. It has ended then. The deliver lane is paused. */
    private void generate() throws Exception {
        var maker = start("bench-maker", "generate", List.of());
        var api = maker.address() + "/api/v1";
        pauseDeliveries(api, true);
        tenant();
        given().auth().oauth2(TestTokens.operator()).contentType(ContentType.JSON)
                .body(Map.of("definition", "weekly-business", "period", "2026-W40", "tenants", List.of("bench"), "deliver", true))
                .post(api + "/runs").then().statusCode(202);
        application.await(START.plus(TIME_PER_REPORT.multipliedBy(mails)), () -> stored() == mails);
        maker.stop();
    }

    private void tenant() throws SQLException {
        application.sql("""
            INSERT INTO tenant (id, slug, name, zone, locale, color, created_at, updated_at)
            VALUES (1, 'bench', 'Bench & Co', 'Europe/Vienna', 'de', '#0a66c2', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""");
        var days = new ArrayList<String>();
        for (var day = LocalDate.of(2026, 7, 6); !day.isAfter(LocalDate.of(2026, 10, 4)); day = day.plusDays(1)) {
            days.add("(1, 'revenue', '%s', '', %d)".formatted(day, 1000 + 10 * day.getDayOfMonth()));
        }
        application.sql("INSERT INTO metric (tenant_id, metric, day, dimension, value) VALUES " + String.join(", ", days));
        for (var first = 0; first < mails; first += ROWS_OF_AN_INSERT) {
            var rows = IntStream.range(first, Math.min(mails, first + ROWS_OF_AN_INSERT))
                    .mapToObj("(1, 'u%1$d', 'Recipient %1$d', 'u%1$d@bench.test', '[]', TRUE, NOW(6), NOW(6))"::formatted)
                    .toList();
            application.sql("INSERT INTO recipient (tenant_id, user_id, name, email, tags, active, created_at, updated_at) VALUES "
                    + String.join(", ", rows));
        }
    }

    /** How many wait. */
    int stored() throws SQLException {
        return application.count("SELECT COUNT(*) FROM report WHERE status = 'generated'");
    }

    int delivered() throws SQLException {
        return application.count("SELECT COUNT(*) FROM report WHERE status = 'delivered'");
    }

    /** Starts a process that delivers when {@link #deliver} was called. It listens. */
    Application.Running startDelivering(String name, List<String> options) throws IOException {
        var running = start(name, "deliver", options);
        running.address();
        return running;
    }

    /** From now on, within two seconds, all processes deliver. */
    static void deliver(Application.Running one) {
        pauseDeliveries(one.address() + "/api/v1", false);
    }

    /** Waits until the sink has that many mails. */
    void awaitMails(int number, Duration atMost) throws Exception {
        application.await(atMost, () -> sink.count() >= number);
    }

    /** Waits until all reports are delivered. */
    void awaitDelivered() throws Exception {
        application.await(START, () -> delivered() == mails);
    }

    private Application.Running start(String name, String lanes, List<String> options) throws IOException {
        var all = new ArrayList<>(JVM_OPTIONS);
        all.addAll(options);
        return application.start(name, Map.of("weekly.worker.lanes", lanes), all);
    }

    private static void pauseDeliveries(String api, boolean paused) {
        given().auth().oauth2(TestTokens.operator()).contentType(ContentType.JSON).body(Map.of("paused", paused))
                .put(api + "/queue/deliver").then().statusCode(200);
    }

    @Override
    public void close() throws Exception {
        application.close();
        sink.close();
        servers.stop();
    }
}
