package io.weekly.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.report.Report;
import io.weekly.report.ReportStatus;
import io.weekly.testing.DeliveredReports;
import io.weekly.testing.Inbound;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which mail, and which recipient of it, a notification is about. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(Inbound.class)
class DsnInboundResourceNamesTest {

    private static final String NO_SUCH_USER = "550 5.1.1 no such user";

    @Inject
    World world;

    @Inject
    DeliveredReports delivered;

    private static byte[] bounce(Report report) {
        return DeliveredReports.mail(report).postfix("failed", "5.1.1", NO_SUCH_USER);
    }

    /** The original recipient is the alias that we know, and the alias still works. */
    @Test
    void aMemberOfAnAliasThatBouncesIsNotTheAlias() {
        var report = delivered.one();
        for (var member : List.of("leaver@customer.test", "leaver")) {
            var message = new String(bounce(report), StandardCharsets.UTF_8)
                    .replace("Final-Recipient: rfc822; " + report.delivery().to(), "Final-Recipient: rfc822; " + member);

            Inbound.dsn(message.getBytes(StandardCharsets.UTF_8)).statusCode(200).body("items[0].result", equalTo("other-recipient"));
        }
        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(delivered.suppressions(report)).isEmpty();
    }

    /** Queue ids can be guessed. */
    @Test
    void aQueueIdCountsOnlyTogetherWithTheRecipient() {
        var report = delivered.one();
        world.sql("UPDATE delivery SET server_id = ? WHERE report_id = UNHEX(?)", "Q" + report.id(), report.id());
        var message = new String(bounce(report), StandardCharsets.UTF_8)
                .replace("X-Postfix-Queue-ID: 4Qx1Zt2bN9z1", "X-Postfix-Queue-ID: Q" + report.id())
                .replace(report.delivery().messageId(), "<other@relay.test>")
                .replace("X-Weekly-Report: " + report.id() + ".1\n", "");
        var nameless = message.replaceAll("(Final|Original)-Recipient: .*\\n", "");

        Inbound.dsn(nameless.getBytes(StandardCharsets.UTF_8)).statusCode(200).body("items[0].result", equalTo("unknown-mail"));
        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.DELIVERED);

        Inbound.dsn(message.getBytes(StandardCharsets.UTF_8)).statusCode(200).body("items[0].result", equalTo("applied"));
    }

    @Test
    void namesOfDifferentMailsNameNone() {
        var ours = delivered.one();
        var other = delivered.run(1).first();
        var message = new String(bounce(ours), StandardCharsets.UTF_8)
                .replace("X-Weekly-Report: " + ours.id(), "X-Weekly-Report: " + other.id());

        Inbound.dsn(message.getBytes(StandardCharsets.UTF_8)).statusCode(200).body("items[0].result", equalTo("contradictory"));

        assertThat(world.report(ours.id()).status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(world.report(other.id()).status()).isEqualTo(ReportStatus.DELIVERED);
    }
}
