package io.weekly.webhook;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.weekly.testing.Application;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.webhook.Receiver.Received;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged application is killed while it sends webhooks, and while a transaction with messages is open. */
class WebhookCrashIT {

    private static final List<String> EVENTS = List.of("report.generated", "report.delivered", "run.finished");
    private static final int RECIPIENTS = 12;
    /** The receiver answers so many requests, and leaves the next ones without an answer. */
    private static final int ANSWERED = 6;
    /** Several times as long as it takes on a machine with two cores that do other work too. */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final TestServers servers = new TestServers();
    private final AtomicInteger requests = new AtomicInteger();
    /** The values of {@code webhook-id} of requests without an answer. */
    private final Queue<String> interrupted = new ConcurrentLinkedQueue<>();
    private final Receiver receiver = Receiver.with((request, connection) -> {
        if (requests.incrementAndGet() > ANSWERED) {
            interrupted.add(request.header("webhook-id"));
            // Until the client is killed.
            assertThat(connection.getInputStream().read()).isNegative();
        }
        Receiver.write(connection, "HTTP/1.1 204 No Content\r\n\r\n");
    });
    private Application application;
    private Connection lock;

    @BeforeEach
    void startServers() throws Exception {
        var config = new LinkedHashMap<>(servers.start());
        config.putAll(Map.of(
                "mp.jwt.verify.issuer", "weekly-reports",
                "mp.jwt.verify.audiences", "weekly-reports",
                "weekly.store.dir", config.get("weekly.dev.dir") + "/webhook-crash-files",
                "weekly.queue.lease", "4s",
                "weekly.queue.rescue-interval", "1s",
                "weekly.delivery.timeout", "3s",
                "weekly.webhook.allow-http", "true",
                "weekly.webhook.allowed-private", "127.0.0.1/32",
                "weekly.webhook.timeout", "30s"));
        application = new Application(config);
        lock = DriverManager.getConnection(
                "jdbc:" + config.get("quarkus.datasource.reactive.url"),
                config.get("quarkus.datasource.username"),
                config.getOrDefault("quarkus.datasource.password", ""));
        lock.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        lock.setAutoCommit(false);
    }

    @AfterEach
    void stopAll() throws Exception {
        lock.close();
        application.close();
        receiver.close();
        servers.stop();
    }

    @Test
    void killedWhileItSendsEveryCommittedEventArrivesWithItsIdAndNoOtherDoes() throws Exception {
        var first = application.start("webhook-crash", Map.of());
        var api = first.address() + "/api/v1";
        aTenantWithAnEndpoint(api);
        run(api, "2026-W40");
        application.await(TIMEOUT, () -> !interrupted.isEmpty());
        var rolledBack = messagesOfAnOpenTransaction(api);

        first.kill();
        lock.rollback();
        receiver.behave((_, connection) -> Receiver.write(connection, "HTTP/1.1 204 No Content\r\n\r\n"));
        // The leases of the dead process are over.
        application.sql("UPDATE webhook_message SET due_at = NOW(6) WHERE state = 'pending' AND lease IS NOT NULL");
        application.start("webhook-crash", Map.of());
        application.await(TIMEOUT, () -> application.count("SELECT COUNT(*) FROM run WHERE state = 'finished'") == 2
                && application.count("SELECT COUNT(*) FROM webhook_message WHERE state <> 'sent'") == 0);

        var events = application.column("SELECT id FROM audit_event WHERE action IN ('%s')".formatted(String.join("', '", EVENTS)));
        var committed = application.column("SELECT CONCAT('msg_', LOWER(HEX(id))) FROM webhook_message");
        var bodies = receiver.received().stream()
                .collect(groupingBy(request -> request.header("webhook-id"), mapping(Received::text, toList())));
        assertThat(committed).hasSameSizeAs(events).hasSizeGreaterThan(RECIPIENTS);
        assertThat(bodies.keySet()).containsExactlyInAnyOrderElementsOf(committed).doesNotContainAnyElementsOf(rolledBack);
        assertThat(bodies.get(interrupted.element())).hasSizeGreaterThan(1);
        assertThat(bodies.values()).allSatisfy(same -> assertThat(new HashSet<>(same)).hasSize(1));
    }

    private void aTenantWithAnEndpoint(String api) throws SQLException {
        application.sql("""
            INSERT INTO tenant (id, slug, name, zone, locale, color, created_at, updated_at)
            VALUES (1, 'crash', 'Crash & Sons', 'Europe/Vienna', 'de', '#0a66c2', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""");
        for (var i = 0; i < RECIPIENTS; i++) {
            application.sql("""
                INSERT INTO recipient (tenant_id, user_id, name, email, tags, active, created_at, updated_at)
                VALUES (1, 'u%d', 'Recipient %d', 'u%d@crash.test', '[]', TRUE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"""
                    .formatted(i, i, i));
        }
        application.sql("INSERT INTO mail_domain (domain, reply, changed_at) VALUES ('crash.test', '', UTC_TIMESTAMP(6))");
        given().auth().oauth2(TestTokens.tenantAdmin("crash", "admin")).contentType(ContentType.JSON)
                .body(Map.of("url", receiver.url(), "events", EVENTS))
                .post(api + "/tenants/crash/webhooks").then().statusCode(201);
    }

    private static void run(String api, String period) {
        given().auth().oauth2(TestTokens.operator()).contentType(ContentType.JSON)
                .body(Map.of("definition", "weekly-business", "period", period, "tenants", List.of("crash"), "deliver", true))
                .post(api + "/runs").then().statusCode(202);
    }

    /**
     * Locks the last row that the end of a delivery needs, and starts a run. So the next transaction with a delivery writes its messages
     * and waits. Returns the values of {@code webhook-id} that they would have.
     */
    private List<String> messagesOfAnOpenTransaction(String api) throws Exception {
        dirty("SELECT domain FROM mail_domain WHERE domain = 'crash.test' FOR UPDATE");
        run(api, "2026-W41");
        var delivered = "SELECT CONCAT('msg_', LOWER(HEX(id))) FROM webhook_message WHERE event = 'report.delivered'";
        var open = new ArrayList<String>();
        application.await(TIMEOUT, () -> {
            open.addAll(dirty(delivered));
            // Whatever is not committed now cannot be committed before the lock is released.
            open.removeAll(application.column(delivered));
            return !open.isEmpty();
        });
        return open;
    }

    /** Also reads what is not committed. */
    private List<String> dirty(String sql) throws SQLException {
        var values = new ArrayList<String>();
        try (var statement = lock.createStatement(); var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
