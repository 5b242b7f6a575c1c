package io.weekly.api;

import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.TestReports.startedRun;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.weekly.api.http.Problem;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class RunDecisionResourceTest {

    private static final String RUNS = "/api/v1/runs";

    @Test
    void aRunIsCancelledOnceAndItsLedgerBalances() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        newRecipient(slug, "u-2");
        var run = startedRun(slug);
        asAdmin(slug).get(RUNS + "/" + run + "/ledger").then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("due", equalTo(2)).body("open", equalTo(2)).body("cancelled", equalTo(0)).body("balanced", equalTo(true))
                .body("size()", equalTo(11));

        asAdmin(slug).post(RUNS + "/" + run + "/cancellation").then()
                .statusCode(202)
                .header("Location", endsWith(RUNS + "/" + run))
                .header("Retry-After", "1")
                .body("state", equalTo("cancelled"));

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> asAdmin(slug).get(RUNS + "/" + run + "/ledger").then()
                .body("cancelled", equalTo(2)).body("open", equalTo(0)).body("balanced", equalTo(true)));
        asAdmin(slug).post(RUNS + "/" + run + "/cancellation").then()
                .statusCode(409).contentType(Problem.MEDIA_TYPE).body("detail", containsString("cancelled"));
        asAdmin(slug).post(RUNS + "/" + run + "/approval").then().statusCode(409);
    }

    @Test
    void decisionsAreForThoseWhoAdministerTheTenant() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        var run = startedRun(slug);

        for (var path : List.of("/cancellation", "/approval")) {
            as(TestTokens.viewer(slug, "u-1")).post(RUNS + "/" + run + path).then().statusCode(403);
            asAdmin(newTenant()).post(RUNS + "/" + run + path).then().statusCode(404);
            asOperator().post(RUNS + "/" + "0".repeat(32) + path).then().statusCode(404);
            asOperator().post(RUNS + "/nonsense" + path).then().statusCode(404);
        }
        as(TestTokens.viewer(slug, "u-1")).get(RUNS + "/" + run + "/ledger").then().statusCode(403);
        asAdmin(newTenant()).get(RUNS + "/" + run + "/ledger?format=csv").then().statusCode(404).contentType(Problem.MEDIA_TYPE);
        asOperator().get(RUNS + "/" + run + "/ledger").then().statusCode(200);
        asOperator().get(RUNS + "/" + run + "/ledger?format=xml").then().statusCode(400);
    }
}
