package io.weekly.worker;

import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportRequests;
import io.weekly.report.ReportStatus;
import io.weekly.run.LateData;
import io.weekly.testing.TestDefinitions;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports on demand of a definition whose data are loaded when the test says so. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(TestDefinitions.class)
class ReadinessOfReportsTest {

    @Inject
    World world;

    @Inject
    LateData late;

    @Inject
    ReportRequests requests;

    private TenantRow tenant;
    private String owner;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        owner = "owner@" + tenant.slug() + ".test";
    }

    @Test
    void aReportOnDemandIsGeneratedWhenTheDataAreReady() {
        world.recipients(tenant, 1, "demand");
        var report = requested();
        await().atMost(LateData.PATIENCE).until(() -> world.events(report).contains("report.put-off"));
        // The trail has a hash of the reason, and its readers see the text.
        asAdmin(tenant.slug()).get("/api/v1/reports/" + report + "/events").then()
                .body("items.find { it.action == 'report.put-off' }.detail.reason", containsString("the data of 2026-W40 are not ready"));
        assertThat(world.report(report).status()).isEqualTo(ReportStatus.QUEUED);

        late.load(tenant, LateData.READY);
        world.sql("UPDATE job SET due_at = NOW(6) WHERE report_id = UNHEX(?)", report);

        assertThat(world.ended(report).status()).isEqualTo(ReportStatus.GENERATED);
        assertThat(world.report(report).attempt()).isEqualTo(1);
    }

    @Test
    void aReportOnDemandWaitsNoLongerThanARun() {
        world.recipients(tenant, 1, "demand");
        var report = requested();
        await().atMost(LateData.PATIENCE).until(() -> world.events(report).contains("report.put-off"));

        world.sql("UPDATE report SET created_at = created_at - INTERVAL 1 HOUR WHERE id = UNHEX(?)", report);
        world.sql("UPDATE job SET due_at = NOW(6) WHERE report_id = UNHEX(?)", report);

        assertThat(world.ended(report).status()).isEqualTo(ReportStatus.FAILED);
        assertThat(world.report(report).error()).isEqualTo("the data of 2026-W40 are not ready (ready), 1h after it was asked for");
    }

    @Test
    void aSampleWaitsAsWell() {
        world.recipients(tenant, 1, "sample");
        var recipient = world.one("SELECT id FROM recipient WHERE tenant_id = ?", tenant.id()).getLong("id");

        var sample = get(requests.sample(tenant.id(), "test", "late", "2026-W40", recipient, List.of("pdf"), owner)).orElseThrow();

        await().atMost(LateData.PATIENCE).until(() -> world.events(sample).contains("report.put-off"));
        assertThat(TestMail.to(owner)).isEmpty();
    }

    private String requested() {
        return get(requests.request(tenant.id(), "test", "late", "2026-W40", "u-demand-0", List.of("pdf"), DeliveryMode.NONE))
                .orElseThrow();
    }
}
