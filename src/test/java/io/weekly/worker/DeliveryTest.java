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
import io.weekly.run.Run;
import io.weekly.run.RunStart;
import io.weekly.run.RunState;
import io.weekly.run.Runs;
import io.weekly.tenant.Scope;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole runs, against a mail server that does what the address says. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(MoodyMailServer.Profile.class)
class DeliveryTest {

    @Inject
    World world;

    @Inject
    RunStart runs;

    @Inject
    Runs seen;

    private TenantRow tenant;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        world.figures(tenant);
    }

    @Test
    void everyRecipientGetsOneMailAndTheRunEnds() {
        var addresses = world.recipients(tenant, 12, "ann");

        var runId = run("weekly-business", DeliveryMode.ATTACHMENT);
        var reports = world.ended(runId, 12);

        assertThat(reports).extracting(Report::status).containsOnly(ReportStatus.DELIVERED);
        assertThat(addresses).allSatisfy(address -> assertThat(MoodyMailServer.received(address)).isEqualTo(1));
        var run = finished(runId);
        assertThat(run.due()).isEqualTo(12);
        assertThat(run.counts()).containsOnly(Map.entry("delivered", 12));
        assertThat(world.count("SELECT COUNT(*) FROM job WHERE tenant_id = ?", tenant.id())).isZero();
    }

    @Test
    void theTrailOfAReportTellsItsStory() {
        world.recipients(tenant, 1, "ann");

        var report = onlyReport("weekly-business", DeliveryMode.ATTACHMENT);

        assertThat(world.events(report.id())).containsExactly("report.generated", "report.handing-over", "report.delivered");
        assertThat(report.attempt()).isEqualTo(1);
        assertThat(report.files()).extracting(Report.File::format).containsExactly("pdf");
        assertThat(report.delivery().unknownBefore()).isFalse();
        assertThat(report.delivery().outcome()).isEqualTo("accepted");
        assertThat(report.definitionVersion()).isNotBlank();
    }

    @Test
    void whatIsNotToBeDeliveredEndsAsGenerated() {
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

    @Test
    void aMailMayBeDeferredMoreOftenThanThereAreAttemptsAndSaysWhyItWaits() {
        world.recipients(tenant, 1, "later");

        var report = world.deferred(run("plain", DeliveryMode.ATTACHMENT), MoodyMailServer.Profile.ATTEMPTS + 1);

        assertThat(report.done()).isFalse();
        assertThat(report.attempt()).isEqualTo(1);
        assertThat(report.error()).contains("451").contains("try again later");
        assertThat(report.delivery().unknownBefore()).isFalse();
    }

    @Test
    void aMailThatWasDeferredForADayFailsWithTheServersLastWords() {
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
    void aSecondUnknownIsHeldForSomebodyToDecide() {
        var address = world.recipients(tenant, 1, "cutalways").getFirst();

        var report = onlyReport("plain", DeliveryMode.ATTACHMENT);

        assertThat(report.status()).isEqualTo(ReportStatus.UNKNOWN);
        assertThat(MoodyMailServer.received(address)).isEqualTo(2);
    }

    @Test
    void aMarkThatNobodySawTheEndOfOutlivesAFailureBeforeTheNextDialogue() {
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

    @Test
    void aBrokenQueryFailsItsReportsWithFileAndReasonAndNoOthers() {
        world.recipients(tenant, 2, "ann");

        var broken = world.ended(run("broken-query", DeliveryMode.ATTACHMENT), 2);
        var whole = world.ended(run("plain", DeliveryMode.ATTACHMENT), 2);

        assertThat(broken).allSatisfy(report -> {
            assertThat(report.status()).isEqualTo(ReportStatus.FAILED);
            assertThat(report.attempt()).isEqualTo(1);
            assertThat(report.error()).contains("broken-query/rows.sql").contains("no_such_column").doesNotContain("FROM tenant");
        });
        assertThat(whole).extracting(Report::status).containsOnly(ReportStatus.DELIVERED);
    }

    @Test
    void aBrokenPageFailsItsReportWithFileAndLine() {
        world.recipients(tenant, 1, "ann");

        var report = onlyReport("broken-page", DeliveryMode.ATTACHMENT);

        assertThat(report.status()).isEqualTo(ReportStatus.FAILED);
        assertThat(report.error()).contains("broken-page/report.html:3").contains("noSuchThing");
    }

    @Test
    void aRecipientThatHasEndedIsNotDue() {
        world.recipients(tenant, 1, "ann");
        world.sql("UPDATE recipient SET ended_at = NOW(6) WHERE tenant_id = ?", tenant.id());
        world.recipients(tenant, 1, "bob");

        var reports = world.ended(run("plain", DeliveryMode.ATTACHMENT), 1);

        assertThat(reports).extracting(Report::recipient).containsExactly("u-bob-0");
    }

    @Test
    void aSecondRunOfTheSamePeriodIsTheFirst() {
        world.recipients(tenant, 2, "ann");
        var first = run("plain", DeliveryMode.ATTACHMENT);
        world.ended(first, 2);

        assertThat(run("plain", DeliveryMode.ATTACHMENT)).isEqualTo(first);
    }

    @Test
    void theNextRevisionMakesAllOfItAnew() {
        world.recipients(tenant, 2, "ann");
        world.ended(run("plain", DeliveryMode.NONE), 2);

        var second = get(runs.nextRevision(world.order(tenant, "plain", DeliveryMode.NONE)));

        assertThat(world.ended(second, 2)).extracting(Report::revision).containsOnly(2);
    }

    @Test
    void manyRunsAtOnceEachKeepTheirOwnCount() {
        var ids = new ArrayList<String>();
        for (var i = 0; i < 5; i++) {
            var other = world.tenant();
            world.recipients(other, 6, "ann");
            ids.add(get(runs.byHand(world.order(other, "plain", DeliveryMode.ATTACHMENT))));
        }

        assertThat(ids).allSatisfy(id -> assertThat(finished(id).counts()).containsOnly(Map.entry("delivered", 6)));
    }

    private String run(String definition, DeliveryMode delivery) {
        return get(runs.byHand(world.order(tenant, definition, delivery)));
    }

    private Report onlyReport(String definition, DeliveryMode delivery) {
        return world.ended(run(definition, delivery), 1).getFirst();
    }

    private Run finished(String runId) {
        return await().atMost(Duration.ofSeconds(40))
                .until(() -> get(seen.find(Scope.EVERY_TENANT, runId)).orElseThrow(), run -> run.state() == RunState.FINISHED);
    }
}
