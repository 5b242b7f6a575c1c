package io.weekly;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.http.ContentType;
import io.weekly.testing.Application;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One process of the packaged application pauses a lane that another process works. */
class LanePauseIT {

    private static final int RECIPIENTS = 3000;
    /** A pause takes effect within two seconds. The test waits longer, because other tests may run on the same machine. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final TestServers servers = new TestServers();
    private Application application;

    @BeforeEach
    void startServers() throws Exception {
        var config = new LinkedHashMap<>(servers.start());
        config.putAll(Map.of(
                "mp.jwt.verify.issuer", "weekly-reports",
                "mp.jwt.verify.audiences", "weekly-reports",
                "weekly.store.dir", config.get("weekly.dev.dir") + "/pause-files"));
        application = new Application(config);
    }

    @AfterEach
    void stopAll() throws Exception {
        application.close();
        servers.stop();
    }

    @Test
    void aLanePausedThroughOneProcessStopsInAnotherAndGoesOnWhenItIsResumed() throws Exception {
        var queue = start("api", "none").address() + "/api/v1/queue";
        var worker = start("worker", "generate");
        worker.address();
        aTenantWithARun(queue.replace("/queue", "/runs"));
        await().atMost(Duration.ofSeconds(60)).until(() -> count("SELECT COUNT(*) FROM report WHERE status = 'generated'") > 0);

        for (var time = 0; time < 3; time++) {
            pause(queue, true);
            // A pause takes effect within two seconds. Until then, no job may be leased for a moment between two claims.
            await().during(Duration.ofSeconds(2)).atMost(TIMEOUT).until(() -> leased() == 0);
            var left = count("SELECT COUNT(*) FROM job WHERE state = 'ready' AND attempt = 0");
            assertThat(left).as("jobs that wait, or the test shows nothing").isPositive();
            await().during(Duration.ofSeconds(2)).atMost(TIMEOUT).until(() -> leased() == 0);
            assertThat(count("SELECT COUNT(*) FROM job WHERE state = 'ready' AND attempt = 0")).isEqualTo(left);

            pause(queue, false);
            await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(10)).until(() -> leased() > 0);
        }

        assertThat(given().auth().oauth2(TestTokens.operator()).get(queue).<List<List<String>>>path("workers.lanes"))
                .containsExactly(List.of("generate"));
        worker.stop();
        assertThat(count("SELECT COUNT(*) FROM worker")).isZero();
        assertThat(given().auth().oauth2(TestTokens.operator()).get(queue).<List<Object>>path("workers")).isEmpty();
    }

    private Application.Running start(String name, String lanes) throws IOException {
        return application.start(name, Map.of("weekly.worker.lanes", lanes));
    }

    private void aTenantWithARun(String runs) throws SQLException {
        application.sql("""
            INSERT INTO tenant (id, slug, name, zone, locale, color, created_at, updated_at)
            VALUES (1, 'pause', 'Pause & Co', 'Europe/Vienna', 'de', '#0a66c2', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""");
        var recipients = new StringBuilder();
        for (var i = 0; i < RECIPIENTS; i++) {
            recipients.append(i == 0 ? "" : ", ").append(
                    "(1, 'u%1$d', 'R %1$d', 'u%1$d@pause.test', '[]', TRUE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))".formatted(i));
        }
        application.sql("""
            INSERT INTO recipient (tenant_id, user_id, name, email, tags, active, created_at, updated_at)
            VALUES\s""" + recipients);
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
        return application.count(sql);
    }
}
