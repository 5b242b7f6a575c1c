package io.weekly.api;

import static io.weekly.testing.Api.asAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No lane works, so each test brings its report into the state that it needs. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class ReportVerbResourceCancellationTest {

    private static final String REPORTS = "/api/v1/reports/";

    @Inject
    World world;

    private HandDrivenReports reports;
    private TenantRow tenant;

    @BeforeEach
    void startWithATenant() {
        reports = HandDrivenReports.of(world);
        tenant = reports.tenant();
    }

    @Test
    void aReportThatIsCancelledBeforeItStartsHasNoJob() {
        var id = reports.queued("attachment");

        asAdmin(tenant.slug()).post(REPORTS + id + "/cancellation").then()
                .statusCode(202)
                .header("Location", matchesPattern(REPORTS + id))
                .header("Retry-After", "1")
                .body("id", equalTo(id))
                .body("status", equalTo("cancelled"))
                .body("done", equalTo(true))
                .body("sample", equalTo(false));

        assertThat(reports.jobs(id)).isZero();
        assertThat(world.events(id)).containsExactly("report.requested", "report.cancelled");
        asAdmin(tenant.slug()).get(REPORTS + id + "/events").then().body("items[1].actor", equalTo("user:admin"));
        reports.post(asAdmin(tenant.slug()), id, "cancellation").statusCode(409).body("detail", containsString("is cancelled"));
    }

    @Test
    void aReportThatWaitsForItsDeliveryIsCancelledWithoutAMail() {
        var id = reports.queued("attachment");
        reports.generated(id);

        reports.post(asAdmin(tenant.slug()), id, "cancellation").statusCode(202).body("status", equalTo("cancelled"));

        assertThat(reports.jobs(id)).isZero();
    }

    @Test
    void aReportWhoseMailMayBeOutIsNotCancelled() {
        var id = reports.queued("attachment");
        reports.generated(id);
        world.sql("UPDATE job SET state = 'scheduled', handing_over = TRUE WHERE report_id = UNHEX(?)", id);

        reports.post(asAdmin(tenant.slug()), id, "cancellation").statusCode(409).body("detail", containsString("its mail may be out"));

        assertThat(reports.jobs(id)).isEqualTo(1);
    }
}
