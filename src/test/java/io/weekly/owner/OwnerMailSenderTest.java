package io.weekly.owner;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Ids;
import io.weekly.run.LateRuns;
import io.weekly.testing.HandDrivenMails;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The mail about a missed deadline when the mail server accepts, defers, rejects or loses it. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDrivenMails.class)
class OwnerMailSenderTest {

    @Inject
    World world;

    @Inject
    LateRuns lateRuns;

    @Inject
    OwnerMailSender sender;

    private String owner;

    @Test
    void aDeferredMailIsSentAgain() {
        var run = missed("defer-owner");

        sendUntilGone(run);

        assertThat(MoodyMailServer.received(owner)).isEqualTo(1);
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-told");
        assertThat(detail(run, "run.owner-told")).contains("\"attempts\":1");
    }

    @Test
    void aMailThatIsAlwaysDeferredIsGivenUpAfterADay() {
        var run = missed("later-owner");
        for (var more = 0; more <= MoodyMailServer.Profile.ATTEMPTS; more++) {
            world.sql("UPDATE owner_mail SET due_at = NOW(6) WHERE run_id = UNHEX(?)", run);
            get(sender.send());
        }
        assertThat(waiting(run)).isEqualTo(1);

        world.sql("UPDATE owner_mail SET created_at = created_at - INTERVAL 25 HOUR WHERE run_id = UNHEX(?)", run);
        sendUntilGone(run);

        assertThat(MoodyMailServer.received(owner)).isZero();
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-not-told");
        assertThat(detail(run, "run.owner-not-told")).contains("\"attempts\":1", "451 4.7.1 try again later");
    }

    @Test
    void aMailToARefusedAddressIsNotSentAgain() {
        var run = missed("reject-owner");

        get(sender.send());

        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-not-told");
        assertThat(detail(run, "run.owner-not-told")).contains("\"attempts\":1", "no such mailbox");
    }

    @Test
    void aMailThatMayHaveBeenSentIsSentAgain() {
        var run = missed("cut-owner");

        sendUntilGone(run);

        assertThat(MoodyMailServer.received(owner)).isEqualTo(2);
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-told");
    }

    @Test
    void ofTwoConcurrentSendersOneSends() {
        var run = missed("owner");

        lateRuns.meeting("SELECT run_id FROM owner_mail WHERE run_id = UNHEX(?) FOR UPDATE", run,
                List.of(sender.send(), sender.send()));

        assertThat(MoodyMailServer.received(owner)).isEqualTo(1);
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-told");
    }

    @Test
    void aMailWithWhichProcessesDieIsGivenUp() {
        var run = missed("owner");
        world.sql("UPDATE owner_mail SET attempt = 3 WHERE run_id = UNHEX(?)", run);

        get(sender.send());

        assertThat(MoodyMailServer.received(owner)).isZero();
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-not-told");
    }

    @Test
    void aMailThatIsBeingSentIsNotTakenAgain() {
        var run = missed("owner");
        world.sql("UPDATE owner_mail SET attempt = 1, due_at = NOW(6) + INTERVAL 45 SECOND WHERE run_id = UNHEX(?)", run);

        get(sender.send());

        assertThat(MoodyMailServer.received(owner)).isZero();
        assertThat(waiting(run)).isEqualTo(1);
    }

    private String missed(String mood) {
        var tenant = world.tenant();
        world.recipients(tenant, 1, "due");
        owner = "%s@%s.test".formatted(mood, tenant.slug());
        var run = lateRuns.of(tenant, Ids.NONE, owner);
        lateRuns.judge();
        assertThat(waiting(run)).isEqualTo(1);
        return run;
    }

    private void sendUntilGone(String run) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            get(sender.send());
            return waiting(run) == 0;
        });
    }

    private int waiting(String run) {
        return world.count("SELECT COUNT(*) FROM owner_mail WHERE run_id = UNHEX(?)", run);
    }

    private String detail(String run, String action) {
        return world.one("""
                SELECT CONCAT(e.detail, GROUP_CONCAT(t.text)) AS detail
                FROM audit_event e
                JOIN audit_text t ON t.tenant_id = e.tenant_id AND t.person = ?
                WHERE e.subject = ? AND e.action = ?
                GROUP BY e.id""", "mail:" + owner, run, action).getString("detail");
    }
}
