package io.weekly.retention;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.weekly.testing.Api;
import io.weekly.testing.Concurrently;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class FileDatesTest {

    @Inject
    World world;

    @Inject
    StoredReports stored;

    @Inject
    FileDates dates;

    @Inject
    ExpiredFiles expired;

    private TenantRow tenant;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        world.recipients(tenant, 1, "ann");
    }

    @Test
    void aShorterRetentionLetsOldFilesExpire() {
        var old = stored.delivered(tenant, "u-ann-0", 80);
        var recent = stored.delivered(tenant, "u-ann-0", 89);
        storedDaysAgo(old, 10);
        storedDaysAgo(recent, 1);
        var path = "/api/v1/reports/" + old;
        var tag = asAdmin(tenant.slug()).get(path).then().statusCode(200).extract().header("ETag");

        retention(7);
        get(dates.update());

        asAdmin(tenant.slug()).header("If-None-Match", tag).get(path).then().statusCode(200).body("files[0].expired", equalTo(true));
        asAdmin(tenant.slug()).get(path + "/files/pdf").then().statusCode(410);
        get(expired.delete());
        assertThat(stored.inStore(old)).isEmpty();
        assertThat(stored.inStore(recent)).hasSize(2);
        assertThat(daysLeft(recent)).isEqualTo(6);
    }

    @Test
    void withoutAValueOfTheTenantTheDefaultCountsAgain() {
        retention(7);
        var report = stored.delivered(tenant, "u-ann-0", 6);
        storedDaysAgo(report, 1);

        retention(null);
        get(dates.update());

        assertThat(daysLeft(report)).isEqualTo(89);
    }

    @Test
    void filesThatWereDeletedStayExpired() {
        var report = stored.delivered(tenant, "u-ann-0", -1);
        get(expired.delete());

        retention(3000);
        get(dates.update());

        asAdmin(tenant.slug()).get("/api/v1/reports/" + report).then().body("files[0].expired", equalTo(true));
        asAdmin(tenant.slug()).get("/api/v1/reports/" + report + "/files/pdf").then().statusCode(410);
    }

    @Test
    void anotherChangeOfTheTenantChangesNoDate() {
        var report = stored.delivered(tenant, "u-ann-0", 5);
        retention(null);

        assertThat(world.count("SELECT COUNT(*) FROM retention_change WHERE tenant_id = ?", tenant.id())).isZero();
        assertThat(daysLeft(report)).isEqualTo(5);
    }

    @Test
    void severalProcessesUpdateAtTheSameTime() throws Exception {
        for (var i = 0; i < 10; i++) {
            stored.delivered(tenant, "u-ann-0", 90);
        }
        retention(7);

        Concurrently.times(4, () -> get(dates.update()));
        get(dates.update());

        assertThat(world.count("SELECT COUNT(*) FROM retention_change WHERE tenant_id = ?", tenant.id())).isZero();
        assertThat(world.count("SELECT COUNT(*) FROM file WHERE tenant_id = ? AND expires_at = created_at + INTERVAL 7 DAY", tenant.id()))
                .isEqualTo(20);
    }

    private void storedDaysAgo(String report, int days) {
        world.sql("UPDATE file SET created_at = NOW(6) - INTERVAL ? DAY WHERE report_id = UNHEX(?)", days, report);
    }

    private int daysLeft(String report) {
        // Rounded, because the test takes some seconds.
        return world.one("""
                SELECT ROUND(TIMESTAMPDIFF(SECOND, NOW(6), MIN(expires_at)) / 86400) AS days
                FROM file
                WHERE report_id = UNHEX(?)""", report).getBigDecimal("days").intValue();
    }

    private void retention(Integer days) {
        var body = Api.tenant(tenant.slug());
        if (days != null) {
            body.put("retentionDays", days);
        }
        asOperator().contentType(ContentType.JSON).body(body).put(TENANTS + "/" + tenant.slug()).then().statusCode(200);
    }
}
