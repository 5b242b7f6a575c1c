package io.weekly.api;

import static io.weekly.testing.Api.asAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No lane works, so each test brings its report into the state that it needs. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class ReportVerbResourceRetryTest {

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
    void aReportThatWasNeverGeneratedIsRetriedFromTheStart() {
        var id = reports.queued("attachment");
        reports.ended(id, "failed");

        reports.post(asAdmin(tenant.slug()), id, "retry").statusCode(202)
                .body("status", equalTo("queued")).body("attempt", equalTo(0)).body("error", nullValue());

        assertThat(reports.lane(id)).isEqualTo("generate");
        assertThat(world.events(id)).endsWith("report.retried");
    }

    @Test
    void aGeneratedReportIsMailedAgainAndAnExpiredOneIsGeneratedAgain() {
        var id = reports.queued("attachment");
        reports.generated(id);
        reports.ended(id, "bounced");

        reports.post(asAdmin(tenant.slug()), id, "retry").statusCode(202).body("status", equalTo("generated")).body("done", equalTo(false));
        assertThat(reports.lane(id)).isEqualTo("deliver");

        reports.ended(id, "failed");
        world.sql("UPDATE file SET expires_at = NOW(6) - INTERVAL 1 DAY WHERE report_id = UNHEX(?)", id);
        reports.post(asAdmin(tenant.slug()), id, "deliveries").statusCode(409).body("detail", containsString("files are not kept"));
        reports.post(asAdmin(tenant.slug()), id, "retry")
                .statusCode(202).body("status", equalTo("queued")).body("generatedAt", nullValue());
        assertThat(reports.lane(id)).isEqualTo("generate");
    }

    @ParameterizedTest
    @CsvSource({"unknown, true", "NULL, true", "deferred, false", "rejected, false"})
    void aMailThatMayGoOutTwiceIsFlagged(String outcome, boolean flagged) {
        var id = reports.queued("attachment");
        reports.generated(id);
        reports.delivery(id, outcome.equals("NULL") ? null : outcome);
        reports.ended(id, "unknown");

        reports.post(asAdmin(tenant.slug()), id, "retry").statusCode(202)
                .body("delivery.unknownBefore", equalTo(flagged))
                .body("delivery.messageId", equalTo("<first@acme.test>"))
                .body("delivery.attempts", equalTo(1));
    }
}
