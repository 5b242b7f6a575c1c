package io.weekly.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportStatus;
import io.weekly.testing.DeliveredReports;
import io.weekly.testing.Inbound;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.SampleMessages;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Notifications about mails that are too large for the recipients' mail system, although a relay took them. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(Inbound.class)
class LateTooLargeTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Inject
    World world;

    @Inject
    DeliveredReports delivered;

    @Test
    void aMailThatIsTooLargeIsMailedOnceMoreWithALink() {
        var report = delivered.one();
        Inbound.dsn(DeliveredReports.mail(report).postfix("failed", "5.3.4", "552 5.3.4 message too big"))
                .statusCode(200).body("applied", equalTo(1));

        var linked = await().atMost(TIMEOUT).until(() -> world.report(report.id()), now -> now.status() == ReportStatus.DELIVERED);

        assertThat(linked.delivery().mode()).isEqualTo(DeliveryMode.LINK);
        assertThat(linked.delivery().messageId()).contains(".2@");
        assertThat(MoodyMailServer.lastMail(linked.delivery().to())).contains("too large for an email").contains("/d/");
        assertThat(world.events(report.id())).containsSubsequence("report.delivered", "report.deferred", "report.delivered");
        assertThat(delivered.suppressions(report)).isEmpty();

        // The first mail again, and then the mail with the link: there is no third one.
        Inbound.dsn(DeliveredReports.mail(report).postfix("failed", "5.2.3", "552 5.2.3 too long")).statusCode(200);
        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.DELIVERED);
        var second = new SampleMessages(linked.delivery().messageId(), report.id() + ".2", linked.delivery().to());
        Inbound.dsn(second.postfix("failed", "5.3.4", "552 5.3.4 message too big")).statusCode(200).body("applied", equalTo(1));
        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.FAILED);
    }
}
