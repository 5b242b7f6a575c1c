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

/** Whole runs through both lanes. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(MoodyMailServer.Profile.class)
class WorkersTest {

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
    void theAuditTrailHasEachStepOfAReport() {
        world.recipients(tenant, 1, "ann");

        var report = onlyReport("plain", DeliveryMode.ATTACHMENT);

        assertThat(world.events(report.id())).containsExactly("report.generated", "report.handing-over", "report.delivered");
        assertThat(report.attempt()).isEqualTo(1);
        assertThat(report.files()).extracting(Report.File::format).containsExactly("pdf");
        assertThat(report.delivery().unknownBefore()).isFalse();
        assertThat(report.delivery().outcome()).isEqualTo("accepted");
        assertThat(report.definitionVersion()).isNotBlank();
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
    void aSecondRequestForAPeriodReturnsTheFirstRun() {
        world.recipients(tenant, 2, "ann");
        var first = run("plain", DeliveryMode.ATTACHMENT);
        world.ended(first, 2);

        assertThat(run("plain", DeliveryMode.ATTACHMENT)).isEqualTo(first);
    }

    @Test
    void theNextRevisionGeneratesAllReportsAgain() {
        world.recipients(tenant, 2, "ann");
        world.ended(run("plain", DeliveryMode.NONE), 2);

        var second = get(runs.nextRevision(world.order(tenant, "plain", DeliveryMode.NONE)));

        assertThat(world.ended(second, 2)).extracting(Report::revision).containsOnly(2);
    }

    @Test
    void runsAtTheSameTimeKeepTheirOwnCounts() {
        var ids = new ArrayList<String>();
        for (var i = 0; i < 5; i++) {
            var other = world.tenant();
            world.recipients(other, 6, "ann");
            ids.add(get(runs.byHand(world.order(other, "plain", DeliveryMode.ATTACHMENT))));
        }

        assertThat(ids).allSatisfy(id -> assertThat(finished(id).counts()).containsOnly(Map.entry("delivered", 6)));
    }

    @Test
    void aBrokenQueryFailsOnlyItsOwnReportsWithFileAndReason() {
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
