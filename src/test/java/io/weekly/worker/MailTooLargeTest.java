package io.weekly.worker;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.delivery.DomainReplies;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportStatus;
import io.weekly.run.RunStart;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails that are too large with their files. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(MoodyMailServer.Profile.class)
class MailTooLargeTest {

    @Inject World world;

    @Inject RunStart runs;

    private TenantRow tenant;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        world.figures(tenant);
    }

    @Test
    void aMailThatTheServerFindsTooLargeIsSentAgainAtOnceWithALink() {
        var address = world.recipients(tenant, 1, "small").getFirst();

        var report = world.ended(get(runs.byHand(world.order(tenant, "plain", DeliveryMode.ATTACHMENT))), 1).getFirst();

        assertThat(report.status()).as(report.error()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(report.attempt()).isEqualTo(1);
        assertThat(report.delivery().mode()).isEqualTo(DeliveryMode.LINK);
        assertThat(report.delivery().attempts()).isEqualTo(2);
        assertThat(report.delivery().unknownBefore()).isFalse();
        assertThat(MoodyMailServer.received(address)).isEqualTo(2);
        assertThat(MoodyMailServer.lastMail(address))
                .contains("too large for an email")
                .contains(TestServers.PUBLIC_URL + "/d/")
                .doesNotContain("link.invalid");
        assertThat(world.count("SELECT COUNT(*) FROM link WHERE report_id = UNHEX(?)", report.id())).isEqualTo(1);
    }

    @Test
    void aMailThatIsTooLargeWithALinkTooFailsWithItsSize() {
        var address = world.recipients(tenant, 1, "huge").getFirst();
        MoodyMailServer.replyTo(DomainReplies.domain(address), "552 5.3.4 message too big");

        var report = world.ended(get(runs.byHand(world.order(tenant, "plain", DeliveryMode.ATTACHMENT))), 1).getFirst();

        assertThat(report.status()).isEqualTo(ReportStatus.FAILED);
        assertThat(report.delivery().mode()).isEqualTo(DeliveryMode.LINK);
        assertThat(report.error()).startsWith("552 5.3.4 message too big").containsPattern("the mail has about \\d+ bytes");
        assertThat(MoodyMailServer.received(address)).as("with the file, and with the link").isEqualTo(2);
    }

    @Test
    void aReportWithFilesThatAreTooLargeIsSentWithALink() {
        var address = world.recipients(tenant, 1, "ann").getFirst();

        var report = world.ended(get(runs.byHand(world.order(tenant, "weekly-business", DeliveryMode.ATTACHMENT))), 1).getFirst();

        assertThat(report.files().getFirst().bytes()).isLessThan(MoodyMailServer.Profile.MAX_ATTACHMENT_BYTES);
        assertThat(report.status()).as(report.error()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(report.delivery().mode()).isEqualTo(DeliveryMode.LINK);
        assertThat(MoodyMailServer.received(address)).isEqualTo(1);
        assertThat(MoodyMailServer.lastMail(address)).contains("too large for an email").doesNotContain("attachment;");
    }
}
