package io.weekly.worker;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Report;
import io.weekly.report.ReportStatus;
import io.weekly.run.RunStart;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A recipient's domain that refuses us, or wants fewer mails. Each tenant of the tests has a domain of its own. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(MoodyMailServer.Profile.class)
class DomainPauseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String REFUSAL = "550 5.7.26 this mail to bea@customer.test is unauthenticated";

    @Inject
    World world;

    @Inject
    RunStart runs;

    private TenantRow tenant;
    private String domain;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        domain = tenant.slug() + ".test";
        world.figures(tenant);
    }

    @Test
    void aDomainThatRefusesTheSenderIsPausedAndAnAcceptedProbeOpensItAgain() {
        MoodyMailServer.replyTo(domain, REFUSAL);
        world.recipients(tenant, 60, "ann");
        var run = run();

        await().atMost(PATIENCE).until(() -> world.events(domain), events -> events.equals(List.of("mail-domain.paused")));
        assertThat(world.reports(run)).hasSize(60).allSatisfy(report -> assertThat(report.status()).isNotEqualTo(ReportStatus.BOUNCED));
        assertThat(world.one("SELECT reply FROM mail_domain WHERE domain = ?", domain).getString(0))
                .isEqualTo("550 5.7.26 this mail to <address> is unauthenticated");

        MoodyMailServer.replyTo(domain, "");

        assertThat(world.ended(run, 60)).extracting(Report::status).containsOnly(ReportStatus.DELIVERED);
        assertThat(world.events(domain)).containsExactly("mail-domain.paused", "mail-domain.resumed");
        assertThat(world.count("SELECT COUNT(*) FROM mail_domain WHERE domain = ?", domain)).isZero();
    }

    @Test
    void aReportForAPausedDomainWaitsWithoutADialogueAndFailsWhenItsTimeIsOver() {
        paused();
        var address = world.recipients(tenant, 1, "ann").getFirst();
        var run = run();

        var waiting = await().atMost(PATIENCE)
                .until(() -> world.reports(run), found -> found.size() == 1 && found.getFirst().error() != null)
                .getFirst();
        assertThat(waiting.status()).isEqualTo(ReportStatus.GENERATED);
        assertThat(waiting.error()).contains("paused").contains(domain).contains("550 5.7.26 no");
        assertThat(waiting.delivery().attempts()).isZero();
        assertThat(world.events(waiting.id())).doesNotContain("report.put-off", "report.deferred");

        world.sql("UPDATE delivery SET put_off_at = put_off_at - INTERVAL 25 HOUR WHERE report_id = UNHEX(?)", waiting.id());

        var failed = world.ended(waiting.id());
        assertThat(failed.status()).isEqualTo(ReportStatus.FAILED);
        assertThat(failed.error()).startsWith("not sent for 25 h").contains("550 5.7.26 no");
        assertThat(MoodyMailServer.received(address)).isZero();
        assertThat(world.one("SELECT reason FROM delivery WHERE report_id = UNHEX(?)", failed.id()).getString(0)).isEqualTo("sender");
    }

    @Test
    void onlyOneProbeIsSentAfterEachPause() {
        paused();
        world.recipients(tenant, 5, "ann");
        var run = run();
        await().atMost(PATIENCE)
                .until(() -> world.reports(run), found -> found.stream().filter(report -> report.error() != null).count() == 5);
        MoodyMailServer.replyTo(domain, REFUSAL);

        world.sql("UPDATE mail_domain SET next_probe_at = NOW(6) WHERE domain = ?", domain);

        await().atMost(PATIENCE).until(() -> world.count("SELECT probes FROM mail_domain WHERE domain = ?", domain) > 1);
        var dialogues = world.count(
                "SELECT COALESCE(SUM(attempts), 0) FROM delivery WHERE tenant_id = ?", tenant.id());
        assertThat(dialogues).isLessThanOrEqualTo(world.count("SELECT probes FROM mail_domain WHERE domain = ?", domain));
    }

    @Test
    void aProbeWithoutAReplyOfTheDomainDoesNotDoubleThePause() {
        paused();
        var address = world.recipients(tenant, 1, "cutalways").getFirst();
        world.sql("UPDATE mail_domain SET next_probe_at = NOW(6) WHERE domain = ?", domain);
        run();

        await().atMost(PATIENCE).until(() -> MoodyMailServer.received(address) > 0);

        await().atMost(PATIENCE).until(() -> world.count("SELECT probes FROM mail_domain WHERE domain = ?", domain) == 0);
    }

    @Test
    void aDomainThatWantsFewerMailsGetsThemSlowlyAndTheLaneKeepsItsSlots() {
        MoodyMailServer.replyTo(domain, "421 4.7.28 unusual rate");
        world.recipients(tenant, 1, "ann");
        var run = run();
        await().atMost(PATIENCE).until(() -> world.count("SELECT COUNT(*) FROM mail_domain WHERE domain = ? AND gap > 0", domain) == 1);
        assertThat(world.count("SELECT COUNT(*) FROM mail_domain WHERE domain = ? AND paused_at IS NOT NULL", domain)).isZero();

        MoodyMailServer.replyTo(domain, "");

        assertThat(world.ended(run, 1)).extracting(Report::status).containsOnly(ReportStatus.DELIVERED);
        assertThat(world.events(domain)).isEmpty();
    }

    @Test
    void aPausedDomainWhoseProbeMeetsALimitGetsItsMailsSlowly() {
        paused();
        MoodyMailServer.replyTo(domain, "421 4.7.28 unusual rate");
        world.recipients(tenant, 1, "ann");
        world.sql("UPDATE mail_domain SET next_probe_at = NOW(6) WHERE domain = ?", domain);
        run();

        await().atMost(PATIENCE).until(() -> world.count("SELECT COUNT(*) FROM mail_domain WHERE domain = ? AND gap > 0", domain) == 1);
    }

    private void paused() {
        world.sql("""
            INSERT INTO mail_domain (domain, refusals, reply, refused_at, paused_at, next_probe_at, changed_at)
            VALUES (?, 5, '550 5.7.26 no', NOW(6), NOW(6), NOW(6) + INTERVAL 1 HOUR, NOW(6))""", domain);
        // Longer than a process uses what it has read.
        await().pollDelay(Duration.ofMillis(2500)).atMost(PATIENCE).until(() -> true);
    }

    private String run() {
        return get(runs.byHand(world.order(tenant, "plain", DeliveryMode.ATTACHMENT)));
    }
}
