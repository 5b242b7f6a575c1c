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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports of whole runs. The mail server does what the address of the recipient says. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(MoodyMailServer.Profile.class)
class DeliverReportTest {

    @Inject
    World world;

    @Inject
    RunStart runs;

    private TenantRow tenant;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        world.figures(tenant);
    }

    @Test
    void aReportWithoutDeliveryEndsAsGenerated() {
        world.recipients(tenant, 1, "ann");

        var report = onlyReport("plain", DeliveryMode.NONE);

        assertThat(report.status()).isEqualTo(ReportStatus.GENERATED);
        assertThat(report.delivery().to()).isNull();
    }

    @Test
    void aRefusedAddressBouncesForThatRecipientOnly() {
        world.recipients(tenant, 1, "reject");
        world.recipients(tenant, 2, "ann");

        var reports = world.ended(run("plain", DeliveryMode.ATTACHMENT), 3);

        assertThat(reports).extracting(Report::status)
                .containsExactlyInAnyOrder(ReportStatus.BOUNCED, ReportStatus.DELIVERED, ReportStatus.DELIVERED);
        assertThat(reports).filteredOn(report -> report.status() == ReportStatus.BOUNCED)
                .allSatisfy(report -> assertThat(report.error()).contains("550").contains("no such mailbox"));
    }

    @Test
    void aDeferredMailIsSentAgainAndNothingIsRenderedAgain() {
        var address = world.recipients(tenant, 1, "defer").getFirst();

        var report = onlyReport("plain", DeliveryMode.ATTACHMENT);

        assertThat(report.status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(report.delivery().attempts()).isEqualTo(2);
        assertThat(report.delivery().unknownBefore()).isFalse();
        assertThat(report.error()).isNull();
        assertThat(MoodyMailServer.received(address)).isEqualTo(1);
        assertThat(world.events(report.id())).containsOnlyOnce("report.generated").containsOnlyOnce("report.deferred");
    }

    /** The mail server has both mails, so both must open the same link. */
    @Test
    void aMailThatIsSentTwiceHasOneLink() {
        var address = world.recipients(tenant, 1, "cut").getFirst();

        var report = onlyReport("plain", DeliveryMode.LINK);

        assertThat(MoodyMailServer.received(address)).isEqualTo(2);
        assertThat(world.count("SELECT COUNT(*) FROM link WHERE report_id = UNHEX(?)", report.id())).isEqualTo(1);
        assertThat(world.events(report.id())).containsOnlyOnce("link.created");
    }

    @Test
    void aDeferralCostsNoAttemptAndTheReportSaysWhyItWaits() {
        world.recipients(tenant, 1, "later");

        var report = world.deferred(run("plain", DeliveryMode.ATTACHMENT), MoodyMailServer.Profile.ATTEMPTS + 1);

        assertThat(report.done()).isFalse();
        assertThat(report.attempt()).isEqualTo(1);
        assertThat(report.error()).contains("451").contains("try again later");
        assertThat(report.delivery().unknownBefore()).isFalse();
    }

    @Test
    void aMailThatWasDeferredForADayFailsWithTheLastReply() {
        world.recipients(tenant, 1, "later");
        var report = world.deferred(run("plain", DeliveryMode.ATTACHMENT), 1);

        world.begunADayAgo(report.id());

        var failed = world.ended(report.id());
        assertThat(failed.status()).isEqualTo(ReportStatus.FAILED);
        assertThat(failed.attempt()).isEqualTo(1);
        assertThat(failed.error()).startsWith("deferred for 24 h").endsWith("451 4.7.1 try again later");
        assertThat(failed.delivery().outcome()).isEqualTo("deferred");
        assertThat(world.count("SELECT COUNT(*) FROM job WHERE report_id = UNHEX(?)", report.id())).isZero();
    }

    @Test
    void aDialogueThatIsCutAfterTheDataIsFlaggedAndSentOnceMore() {
        var address = world.recipients(tenant, 1, "cut").getFirst();

        var report = onlyReport("plain", DeliveryMode.ATTACHMENT);

        assertThat(report.status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(report.delivery().unknownBefore()).isTrue();
        assertThat(MoodyMailServer.received(address)).isEqualTo(2);
    }

    @Test
    void aSecondUnknownIsHeldForAPerson() {
        var address = world.recipients(tenant, 1, "cutalways").getFirst();

        var report = onlyReport("plain", DeliveryMode.ATTACHMENT);

        assertThat(report.status()).isEqualTo(ReportStatus.UNKNOWN);
        assertThat(MoodyMailServer.received(address)).isEqualTo(2);
    }

    @Test
    void theMarkOfAnUnfinishedDialogueSurvivesALaterFailure() {
        var address = world.recipients(tenant, 1, "ann").getFirst();
        var report = onlyReport("plain", DeliveryMode.ATTACHMENT);
        // As a kill -9 in the dialogue leaves it, with the files out of reach at the next attempt.
        world.sql("UPDATE report SET status = 'generated' WHERE id = UNHEX(?)", report.id());
        world.sql("UPDATE delivery SET outcome = NULL, ended_at = NULL WHERE report_id = UNHEX(?)", report.id());
        world.sql("UPDATE file SET path = CONCAT('gone-', path) WHERE report_id = UNHEX(?)", report.id());
        world.sql("""
            INSERT INTO job (lane, state, priority, turn, tenant_id, report_id, attempt, due_at, handing_over, created_at)
            VALUES ('deliver', 'ready', 0, 1, ?, UNHEX(?), 0, NOW(6), TRUE, NOW(6))""", tenant.id(), report.id());

        var ended = await().atMost(Duration.ofSeconds(40)).until(() -> world.report(report.id()), Report::done);

        assertThat(ended.status()).isEqualTo(ReportStatus.UNKNOWN);
        assertThat(ended.error()).contains("could not read");
        assertThat(MoodyMailServer.received(address)).isEqualTo(1);
    }

    @Test
    void aTenantWithBracketsInItsNameGetsItsMails() {
        world.sql("UPDATE tenant SET name = 'Acme (EU) <\"Söhne\">' WHERE id = ?", tenant.id());
        world.recipients(tenant, 1, "ann");

        assertThat(onlyReport("plain", DeliveryMode.ATTACHMENT).status()).isEqualTo(ReportStatus.DELIVERED);
    }

    private String run(String definition, DeliveryMode delivery) {
        return get(runs.byHand(world.order(tenant, definition, delivery)));
    }

    private Report onlyReport(String definition, DeliveryMode delivery) {
        return world.ended(run(definition, delivery), 1).getFirst();
    }
}
