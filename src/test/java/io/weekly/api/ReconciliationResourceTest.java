package io.weekly.api;

import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newTenant;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class ReconciliationResourceTest {

    @Test
    void aWeekIsReconciledForTheTenantAndForOperators() {
        var slug = newTenant();

        asAdmin(slug).get("/api/v1/reconciliation?period=2026-W40").then()
                .statusCode(200).body("expected", equalTo(0)).body("fired", equalTo(0)).body("missing", equalTo(List.of()));
        asOperator().get("/api/v1/reconciliation?period=").then().statusCode(200).body("expected", notNullValue());
        asAdmin(slug).get("/api/v1/reconciliation?period=last-week").then().statusCode(400);
        as(TestTokens.viewer(slug, "u-1")).get("/api/v1/reconciliation").then().statusCode(403);
    }
}
