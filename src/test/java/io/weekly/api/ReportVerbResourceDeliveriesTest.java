package io.weekly.api;

import static io.weekly.testing.Api.asAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

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
class ReportVerbResourceDeliveriesTest {

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
    void aNewDeliveryHasItsOwnNumberAndGoesToTheCurrentAddress() {
        var id = reports.queued("attachment");
        reports.generated(id);
        reports.delivery(id, "accepted");
        reports.ended(id, "delivered");
        world.sql("UPDATE recipient SET email = 'new@acme.test' WHERE email = ?", reports.address());

        reports.post(asAdmin(tenant.slug()), id, "deliveries").statusCode(202)
                .body("status", equalTo("generated"))
                .body("deliveredAt", nullValue())
                .body("delivery.to", equalTo("new@acme.test"))
                .body("delivery.attempts", equalTo(0))
                .body("delivery.outcome", nullValue())
                .body("delivery.messageId", matchesPattern("<" + id + "\\.2@.+>"));

        assertThat(reports.lane(id)).isEqualTo("deliver");
        reports.post(asAdmin(tenant.slug()), id, "deliveries").statusCode(409);
    }

    @Test
    void aReportIsNotSentAgainWhileItsRunIsBeingCancelled() {
        var id = reports.queued("attachment");
        reports.generated(id);
        reports.delivery(id, "accepted");
        reports.ended(id, "delivered");
        reports.ofACancelledRun(id);

        reports.post(asAdmin(tenant.slug()), id, "deliveries")
                .statusCode(409).body("detail", containsString("its run is held or being cancelled"));
        world.sql("UPDATE run SET finished_at = NOW(6) WHERE tenant_id = ?", tenant.id());

        reports.post(asAdmin(tenant.slug()), id, "deliveries").statusCode(202);
    }

    @Test
    void aReportThatWasNotMailedCanBeMailedLater() {
        var id = reports.queued("none");
        reports.generated(id);
        world.sql("DELETE FROM job WHERE report_id = UNHEX(?)", id);
        reports.post(asAdmin(tenant.slug()), id, "cancellation").statusCode(409);

        reports.post(asAdmin(tenant.slug()), id, "deliveries").statusCode(202)
                .body("done", equalTo(false)).body("delivery.mode", equalTo("attachment")).body("delivery.to", equalTo(reports.address()));

        assertThat(reports.lane(id)).isEqualTo("deliver");
    }
}
