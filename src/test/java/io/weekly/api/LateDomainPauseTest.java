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
import org.junit.jupiter.api.Test;

/** Notifications about mails that the recipients' domain refuses after a relay took them. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(Inbound.class)
class LateDomainPauseTest {

    @Inject
    World world;

    @Inject
    DeliveredReports delivered;

    @Test
    void fiveLateRefusalsOfTheSenderPauseTheDomainWithOneEvent() {
        var run = delivered.run(7);
        var domain = run.tenant().slug() + ".test";
        var reports = run.reports();

        // A second notification about the same mail does not count.
        for (var report : reports.subList(0, 4)) {
            refused(report);
            Inbound.dsn(DeliveredReports.mail(report).postfix("failed", "5.7.1", "550 5.7.1 another text")).statusCode(200);
        }
        assertThat(world.events(domain)).isEmpty();

        refused(reports.get(4));
        refused(reports.get(5));

        assertThat(world.events(domain)).containsExactly("mail-domain.paused");
        assertThat(world.one("SELECT reply FROM mail_domain WHERE domain = ?", domain).getString(0))
                .contains("550 5.7.26 not authenticated");
        assertThat(world.reports(run.run())).filteredOn(report -> report.status() == ReportStatus.FAILED).hasSize(6);
        assertThat(reports).allSatisfy(report -> assertThat(delivered.suppressions(report)).isEmpty());

        // As if it were the probe: a mail that was sent before the pause says nothing about it.
        world.sql("UPDATE delivery SET ended_at = NOW(6) WHERE report_id = UNHEX(?)", reports.get(6).id());
        Inbound.dsn(DeliveredReports.mail(reports.get(6)).postfix("delivered", "2.0.0", "250 ok")).statusCode(200);

        assertThat(world.events(domain)).containsExactly("mail-domain.paused", "mail-domain.resumed");
    }

    private static void refused(Report report) {
        Inbound.dsn(DeliveredReports.mail(report).postfix("failed", "5.7.26", "550 5.7.26 not authenticated"))
                .statusCode(200).body("items[0].result", equalTo("applied"));
    }
}
