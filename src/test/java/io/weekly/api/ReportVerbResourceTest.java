package io.weekly.api;

import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.api.http.IdempotentRequests;
import io.weekly.api.http.Problem;
import io.weekly.report.ReportStatus;
import io.weekly.testing.Concurrently;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No lane works, so each test brings its report into the state that it needs. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class ReportVerbResourceTest {

    @Inject
    World world;

    private HandDrivenReports reports;
    private TenantRow tenant;

    @BeforeEach
    void startWithATenant() {
        reports = HandDrivenReports.of(world);
        tenant = reports.tenant();
    }

    @ParameterizedTest
    @CsvSource({"cancellation", "retry", "deliveries"})
    void aReportThatAWorkerHasLeasedIsNotChanged(String verb) {
        var id = reports.queued("attachment");
        world.sql("UPDATE job SET state = 'leased', lease_token = 1, leased_at = NOW(6) WHERE report_id = UNHEX(?)", id);

        reports.post(asAdmin(tenant.slug()), id, verb)
                .statusCode(409).contentType(Problem.MEDIA_TYPE).body("detail", containsString("is generating"));

        reports.generated(id);
        world.sql("UPDATE job SET state = 'leased', lease_token = 1, leased_at = NOW(6) WHERE report_id = UNHEX(?)", id);
        reports.post(asAdmin(tenant.slug()), id, verb).statusCode(409).body("detail", containsString("is delivering"));
        assertThat(reports.jobs(id)).isEqualTo(1);
    }

    @Test
    void everyChangeIsCounted() {
        var id = reports.queued("attachment");

        reports.post(asAdmin(tenant.slug()), id, "cancellation").statusCode(202);
        reports.post(asAdmin(tenant.slug()), id, "retry").statusCode(202);
        reports.generated(id);
        reports.ended(id, "delivered");
        reports.post(asAdmin(tenant.slug()), id, "deliveries").statusCode(202);

        assertThat(world.one("SELECT changes FROM report WHERE id = UNHEX(?)", id).getInteger("changes")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"cancellation", "retry", "deliveries"})
    void aVerbIsForbiddenToItsViewerAndNotFoundForOthers(String verb) {
        var id = reports.queued("attachment");
        var other = world.tenant();

        reports.post(as(TestTokens.viewer(tenant.slug(), "u-ann-0")), id, verb).statusCode(403).contentType(Problem.MEDIA_TYPE);
        reports.post(as(TestTokens.viewer(tenant.slug(), "u-ann-1")), id, verb).statusCode(404).contentType(Problem.MEDIA_TYPE);
        reports.post(asAdmin(other.slug()), id, verb).statusCode(404);
        reports.post(asOperator(), "0".repeat(32), verb).statusCode(404);
        reports.post(asOperator(), "nonsense", verb).statusCode(404);
        assertThat(reports.jobs(id)).isEqualTo(1);
        reports.post(asOperator(), id, "cancellation").statusCode(202);
    }

    @Test
    void aVerbWithTheSameKeyTakesEffectOnce() {
        var id = reports.queued("attachment");
        var key = UUID.randomUUID().toString();

        for (var verb : List.of("cancellation", "retry")) {
            reports.post(asAdmin(tenant.slug()).header(IdempotentRequests.HEADER, key), id, verb)
                    .statusCode(202).header(IdempotentRequests.REPLAYED, nullValue());
            reports.post(asAdmin(tenant.slug()).header(IdempotentRequests.HEADER, key), id, verb)
                    .statusCode(202).header(IdempotentRequests.REPLAYED, "true");
        }

        assertThat(world.events(id)).containsExactly("report.requested", "report.cancelled", "report.retried");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancellation", "retry"})
    void ofManyConcurrentCallsOneSucceeds(String verb) throws Exception {
        var id = reports.queued("attachment");
        if (verb.equals("retry")) {
            reports.ended(id, "failed");
        }

        var answers = Concurrently.times(8, () -> reports.post(asAdmin(tenant.slug()), id, verb).extract().statusCode());

        assertThat(answers).containsOnlyOnce(202).containsOnly(202, 409);
        assertThat(reports.jobs(id)).isEqualTo(verb.equals("retry") ? 1 : 0);
    }

    @Test
    void afterConcurrentVerbsThereIsAJobExactlyIfTheReportIsQueued() throws Exception {
        var id = reports.queued("attachment");

        for (var round = 0; round < 20; round++) {
            Concurrently.all(List.of(
                    () -> reports.post(asAdmin(tenant.slug()), id, "cancellation").extract().statusCode(),
                    () -> reports.post(asAdmin(tenant.slug()), id, "retry").extract().statusCode(),
                    () -> reports.post(asAdmin(tenant.slug()), id, "cancellation").extract().statusCode(),
                    () -> reports.post(asAdmin(tenant.slug()), id, "retry").extract().statusCode()));

            assertThat(reports.jobs(id)).isEqualTo(world.report(id).status() == ReportStatus.QUEUED ? 1 : 0);
        }
    }
}
