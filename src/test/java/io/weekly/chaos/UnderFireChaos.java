package io.weekly.chaos;

import static org.awaitility.Awaitility.await;

import io.weekly.dev.DevFolder;
import io.weekly.dev.DevKeys;
import io.weekly.testing.Application;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three replicas of the packaged application in the middle of a run, and everything around them fails, one thing after another. */
class UnderFireChaos {

    /** Mails that a replica hands over at once: so many dialogues a kill can cut. */
    private static final int DELIVERIES = 4;
    /** An event waits no longer for its turn: where nothing goes forward, the next one comes all the same. */
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(12);
    private static final Duration HEALED_WITHIN = Duration.ofMinutes(4);

    private final Settings settings = Settings.given();
    private DevFolder folder;
    private Database database;
    private MailServer mails;
    private Application application;
    private Fleet fleet;
    private int underWay;

    @BeforeEach
    void startServers() throws Exception {
        folder = new DevFolder(Files.createTempDirectory("weekly-chaos-"));
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
                "weekly.queue.rescue", "1s",
                // So many that they never are the reason: who fails here has lost a report.
                "weekly.queue.attempts", "100",
                "weekly.queue.first-pause", "200ms",
                "weekly.queue.longest-pause", "2s",
                "weekly.delivery.timeout", "3s",
                "weekly.worker.deliveries", String.valueOf(DELIVERIES),
                "weekly.worker.drain", "5s",
                "weekly.schedule.tick", "1s"));
        application = new Application(config);
        fleet = new Fleet(application);
    }

    @AfterEach
    void stopAll() throws Exception {
        application.close();
        mails.close();
        database.close();
        folder.delete();
    }

    @Test
    void nothingIsLostAndNothingGoesOutTwiceUnflagged() throws Exception {
        var plan = Plan.of(settings);
        System.out.println("Under fire: " + settings + "; planned: " + plan.events());

        Tenants.make(application, settings.reports());
        for (var i = 0; i < plan.events().size(); i++) {
            awaitEnded((i + 1) * settings.reports() / (plan.events().size() + 1));
            happen(plan.events().get(i));
        }
        awaitFinished();

        var balance = new Balance(application, mails.inbox());
        System.out.println("Under fire: " + balance);
        balance.nothingIsLostOrStuck(settings.reports());
        balance.everyReportEndedAsTheMailServerSays();
        balance.nothingWentOutTwiceUnflagged(underWay + mails.inbox().dialoguesLeftWithoutReply());
    }

    private void happen(Event event) throws Exception {
        System.out.println("Under fire: " + event);
        switch (event) {
            case Event.Kill kill -> {
                underWay += DELIVERIES;
                fleet.kill(kill.replica());
            }
        }
    }

    private void awaitEnded(int reports) {
        var since = System.nanoTime();
        await().atMost(AT_LEAST_EVERY.multipliedBy(2)).until(() -> {
            fleet.supervise();
            return System.nanoTime() - since > AT_LEAST_EVERY.toNanos() || ended() >= reports;
        });
    }

    private int ended() throws SQLException {
        return application.count("SELECT COUNT(*) FROM report WHERE status NOT IN ('queued', 'generated')");
    }

    private void awaitFinished() {
        await().atMost(HEALED_WITHIN).until(() -> {
            fleet.supervise();
            return application.count("SELECT COUNT(*) FROM run WHERE state = 'finished'") == Tenants.COUNT;
        });
    }
}
