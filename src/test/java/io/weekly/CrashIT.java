package io.weekly;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.testing.Application;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged application is killed in the middle of a run. It loses nothing, and a mail that may go out twice is flagged. */
class CrashIT {

    private static final int RECIPIENTS = 240;
    private static final int DELIVERIES = 4;
    /** Several times as long as it takes on a machine with two cores that do other work too. */
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final TestServers servers = new TestServers();
    private final MoodyMailServer mails = new MoodyMailServer();
    /** The domain of the addresses. It is unique, because mails are counted for the whole JVM. */
    private final String domain = UUID.randomUUID() + ".test";
    private Application application;

    @BeforeEach
    void startServers() throws Exception {
        var config = new LinkedHashMap<>(servers.start());
        config.putAll(mails.start());
        config.putAll(Map.of(
                "mp.jwt.verify.issuer", "test",
                "mp.jwt.verify.audiences", "test",
                "weekly.store.dir", config.get("weekly.dev.dir") + "/crash-files",
                "weekly.queue.lease", "4s",
                "weekly.queue.rescue-interval", "1s",
                "weekly.delivery.timeout", "3s",
                "weekly.worker.max-deliveries", String.valueOf(DELIVERIES),
                "weekly.schedule.tick-interval", "1s"));
        application = new Application(config);
    }

    @AfterEach
    void stopAll() throws Exception {
        application.close();
        mails.stop();
        servers.stop();
    }

    @Test
    void killedTwiceInARunNothingIsLostAndNothingGoesOutTwiceUnflagged() throws Exception {
        var first = start();
        first.address();
        aTenantWithADueSchedule();

        awaitDelivered(first, RECIPIENTS / 4);
        first.kill();
        var second = start();
        awaitDelivered(second, RECIPIENTS / 2);
        second.kill();
        start();
        application.await(TIMEOUT, () -> count("SELECT COUNT(*) FROM run WHERE state = 'finished'") == 1);

        assertThat(count("SELECT due FROM run")).isEqualTo(RECIPIENTS);
        // A mail whose dialogue was interrupted by both kills is not sent a third time. It ends as unknown.
        var unknown = count("SELECT COUNT(*) FROM report WHERE status = 'unknown'");
        assertThat(unknown).isLessThanOrEqualTo(DELIVERIES);
        assertThat(count("SELECT COUNT(*) FROM report WHERE status = 'delivered'")).isEqualTo(RECIPIENTS - unknown);
        assertThat(count("SELECT COUNT(*) FROM job")).isZero();
        assertThat(count("SELECT SUM(n) FROM run_count WHERE status = 'delivered'")).isEqualTo(RECIPIENTS - unknown);
        assertThat(count("SELECT COUNT(*) FROM delivery WHERE outcome = 'unknown' AND unknown_before")).isEqualTo(unknown);
        assertThat(application.column("SELECT address FROM delivery WHERE outcome <> 'unknown'"))
                .allSatisfy(address -> assertThat(MoodyMailServer.received(address)).as(address).isPositive());
        var flagged = application.column("SELECT address FROM delivery WHERE unknown_before");
        var twice = application.column("SELECT address FROM delivery").stream()
                .filter(address -> MoodyMailServer.received(address) > 1)
                .toList();
        assertThat(flagged).hasSizeLessThanOrEqualTo(2 * DELIVERIES).containsAll(twice);
    }

    @Test
    void aStopBySignalDrainsAndCostsNoAttempt() throws Exception {
        var first = start();
        first.address();
        aTenantWithADueSchedule();
        awaitDelivered(first, RECIPIENTS / 4);

        first.stop();

        assertThat(count("SELECT COUNT(*) FROM job WHERE state = 'leased'")).isZero();
        assertThat(count("SELECT COUNT(*) FROM job WHERE attempt > 0")).isZero();
        start();
        application.await(TIMEOUT, () -> count("SELECT COUNT(*) FROM run WHERE state = 'finished'") == 1);
        assertThat(count("SELECT COUNT(*) FROM report WHERE status = 'delivered'")).isEqualTo(RECIPIENTS);
        assertThat(count("SELECT COUNT(*) FROM delivery WHERE unknown_before OR attempts > 1")).isZero();
    }

    private Application.Running start() throws IOException {
        return application.start("crash", Map.of());
    }

    private void aTenantWithADueSchedule() throws SQLException {
        application.sql("""
            INSERT INTO tenant (id, slug, name, zone, locale, color, created_at, updated_at)
            VALUES (1, 'crash', 'Crash & Sons', 'Europe/Vienna', 'de', '#0a66c2', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""");
        for (var i = 0; i < RECIPIENTS; i++) {
            application.sql("""
                INSERT INTO recipient (tenant_id, user_id, name, email, tags, active, created_at, updated_at)
                VALUES (1, 'u%d', 'Recipient %d', 'slow-%d@%s', '[]', TRUE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"""
                    .formatted(i, i, i, domain));
        }
        application.sql("""
            INSERT INTO schedule (tenant_id, id, definition, weekday, send_time, window_minutes, formats, delivery, owner, catch_up,
                                  approval, paused, next_run_at, created_at, updated_at)
            VALUES (1, UNHEX('01000000000070008000000000000001'), 'weekly-business', 1, '07:00', 0, 'pdf', 'attachment', 'o@crash.test',
                    'latest', 'none', FALSE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""");
    }

    private void awaitDelivered(Application.Running running, int reports) throws Exception {
        application.await(TIMEOUT, () -> {
            running.assertAlive();
            return count("SELECT COUNT(*) FROM report WHERE status = 'delivered'") >= reports;
        });
    }

    private int count(String sql) throws SQLException {
        return application.count(sql);
    }
}
