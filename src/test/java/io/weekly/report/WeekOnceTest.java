package io.weekly.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.run.Audience;
import io.weekly.run.RunState;
import io.weekly.testing.Concurrently;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import io.weekly.testing.WeekOfRuns;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several runs of one week, with real mails: nobody is left without a mail, and nobody gets two. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(MoodyMailServer.Profile.class)
class WeekOnceTest {

    private static final int RECIPIENTS = 6;

    @Inject
    World world;

    @Inject
    WeekOfRuns week;

    private TenantRow tenant;
    private List<String> addresses;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        world.figures(tenant);
        addresses = world.recipients(tenant, RECIPIENTS, "ann");
    }

    @Test
    void aRunThatIsCancelledAtOnceLeavesItsReportsToTheSchedule() {
        var byHand = week.byHand(tenant, DeliveryMode.ATTACHMENT);
        week.cancel(byHand);

        var scheduled = week.fire(tenant, null, null);
        week.awaitQuiet(tenant);

        assertThat(week.run(scheduled).revision()).isEqualTo(2);
        assertThat(mails()).containsOnly(1).hasSize(RECIPIENTS);
    }

    @Test
    void aRunThatIsCancelledAfterTheScheduleHasFiredLeavesItsReportsToTheSchedule() {
        var byHand = week.byHand(tenant, DeliveryMode.ATTACHMENT);
        var scheduled = week.fire(tenant, null, null);
        week.cancel(byHand);
        week.awaitQuiet(tenant);

        assertThat(week.run(scheduled).revision()).isEqualTo(2);
        assertThat(mails()).containsOnly(1).hasSize(RECIPIENTS);
    }

    @Test
    void theScheduleSendsWhatFailedAndARetryOfTheOldReportSendsNothingMore() {
        var byHand = week.byHand(tenant, DeliveryMode.ATTACHMENT);
        week.awaitQuiet(tenant);
        // As after a wrong password of the source: two reports have failed, and their mails have not been sent.
        var failed = week.ended(byHand).subList(0, 2).stream().map(Report::id).toList();
        failed.forEach(report -> {
            world.sql("UPDATE report SET status = 'failed', delivered_at = NULL WHERE id = UNHEX(?)", report);
            world.sql("DELETE FROM delivery WHERE report_id = UNHEX(?)", report);
        });
        var before = mails();

        var scheduled = week.fire(tenant, null, null);
        week.awaitQuiet(tenant);
        assertThat(week.run(scheduled).due()).isEqualTo(2);
        assertThat(week.ended(scheduled)).extracting(Report::status).containsOnly(ReportStatus.DELIVERED);
        var afterwards = mails();
        assertThat(afterwards.stream().mapToInt(it -> it).sum()).isEqualTo(before.stream().mapToInt(it -> it).sum() + 2);

        failed.forEach(week::retry);
        week.awaitQuiet(tenant);
        assertThat(failed).allSatisfy(report -> {
            assertThat(world.report(report).status()).isEqualTo(ReportStatus.SKIPPED);
            assertThat(world.report(report).error()).contains("another run");
        });
        assertThat(mails()).isEqualTo(afterwards);
    }

    @Test
    void aMailAfterOneWhoseEndNobodySawIsFlagged() {
        var byHand = week.byHand(tenant, DeliveryMode.ATTACHMENT);
        week.awaitQuiet(tenant);
        var unseen = week.ended(byHand).getFirst().id();
        world.sql("UPDATE report SET status = 'unknown', delivered_at = NULL WHERE id = UNHEX(?)", unseen);
        world.sql("UPDATE delivery SET outcome = 'unknown' WHERE report_id = UNHEX(?)", unseen);

        var scheduled = week.fire(tenant, null, null);
        week.awaitQuiet(tenant);

        assertThat(week.ended(scheduled)).singleElement().satisfies(report -> {
            assertThat(report.status()).isEqualTo(ReportStatus.DELIVERED);
            assertThat(world.count("SELECT COUNT(*) FROM delivery WHERE report_id = UNHEX(?) AND unknown_before", report.id())).isOne();
        });
    }

    @Test
    void aHeldRunThatIsApprovedAfterTheScheduleFiredSendsNothingMore() {
        var held = week.fire(tenant, null, "owner@" + tenant.slug() + ".test");
        assertThat(week.run(held).state()).isEqualTo(RunState.HELD);

        var scheduled = week.fire(tenant, null, null);
        week.awaitQuiet(tenant);
        assertThat(week.run(scheduled).due()).isEqualTo(RECIPIENTS);
        week.approve(held);
        week.awaitQuiet(tenant);

        assertThat(mails()).containsOnly(1);
        assertThat(week.ended(held)).extracting(Report::status).containsOnly(ReportStatus.SKIPPED);
    }

    @Test
    void schedulesWithOverlappingAudiencesThatFireAtTheSameTimeSendOneMailEach() throws Exception {
        world.sql("UPDATE recipient SET tags = JSON_ARRAY('sales', 'boss') WHERE tenant_id = ? AND id % 2 = 0", tenant.id());
        world.sql("UPDATE recipient SET tags = JSON_ARRAY('sales') WHERE tenant_id = ? AND id % 2 = 1", tenant.id());

        Concurrently.all(List.of(
                () -> week.fire(tenant, new Audience(List.of("sales")), null),
                () -> week.fire(tenant, new Audience(List.of("boss")), null),
                () -> week.fire(tenant, null, null)));
        week.awaitQuiet(tenant);

        assertThat(mails()).containsOnly(1).hasSize(RECIPIENTS);
    }

    @Test
    void twoReportsThatAreMailedAtTheSameTimeBecomeOneMail() throws Exception {
        var slow = world.recipients(tenant, 4, "slow");
        var one = week.fire(tenant, null, "owner@" + tenant.slug() + ".test");
        var other = week.fire(tenant, null, "owner@" + tenant.slug() + ".test");
        assertThat(week.run(other).due()).isEqualTo(RECIPIENTS + 4);

        Concurrently.all(List.of(() -> approved(one), () -> approved(other)));
        week.awaitQuiet(tenant);

        assertThat(slow).allSatisfy(address -> assertThat(MoodyMailServer.received(address)).isEqualTo(1));
        assertThat(mails()).containsOnly(1);
    }

    @Test
    void aRefusedAddressIsNotTriedAgainAndTheRunSaysWhyNothingIsDue() {
        var address = world.recipients(tenant, 1, "reject").getFirst();
        var byHand = week.byHand(tenant, DeliveryMode.ATTACHMENT);
        week.awaitQuiet(tenant);

        // The address is refused, so the schedule does not try it again.
        var scheduled = week.fire(tenant, null, null);

        assertThat(week.run(scheduled).due()).isZero();
        assertThat(week.run(scheduled).reason()).contains("1 bounced", RECIPIENTS + " delivered");
        assertThat(MoodyMailServer.received(address)).isZero();
        assertThat(week.ended(byHand)).hasSize(RECIPIENTS + 1);
    }

    @Test
    void aNewRevisionAndARequestedDeliveryAreSentAgain() {
        var byHand = week.byHand(tenant, DeliveryMode.ATTACHMENT);
        week.awaitQuiet(tenant);

        week.newRevision(tenant, DeliveryMode.ATTACHMENT);
        week.awaitQuiet(tenant);
        assertThat(mails()).containsOnly(2);

        week.deliver(week.ended(byHand).getFirst().id());
        week.awaitQuiet(tenant);
        assertThat(mails().stream().mapToInt(it -> it).sum()).isEqualTo(2 * RECIPIENTS + 1);
    }

    @Test
    void anExpiredOrRefusedRunAndThenAGeneratedOneLeaveTheMailsToTheSchedule() {
        var held = week.fire(tenant, null, "owner@" + tenant.slug() + ".test");
        week.cancel(held);
        week.newRevision(tenant, DeliveryMode.NONE);
        week.awaitQuiet(tenant);
        assertThat(mails()).containsOnly(0);

        week.fire(tenant, null, null);
        week.awaitQuiet(tenant);

        assertThat(mails()).containsOnly(1);
    }

    private boolean approved(String run) {
        week.approve(run);
        return true;
    }

    private List<Integer> mails() {
        return addresses.stream().map(MoodyMailServer::received).toList();
    }
}
