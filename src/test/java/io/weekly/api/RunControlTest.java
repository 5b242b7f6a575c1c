package io.weekly.api;

import static io.weekly.api.Api.TENANTS;
import static io.weekly.api.Api.as;
import static io.weekly.api.Api.asAdmin;
import static io.weekly.api.Api.asOperator;
import static io.weekly.api.Api.newRecipient;
import static io.weekly.api.Api.newTenant;
import static io.weekly.api.Api.schedule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.weekly.api.http.Problem;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Runs as their tenants and operators decide about them and prove them; no lane works, so that nothing moves by itself. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class RunControlTest {

    private static final String RUNS = "/api/v1/runs";

    @Inject
    World world;

    @Test
    void aRunIsCancelledOnceAndProvenAfterwards() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        newRecipient(slug, "u-2");
        var run = run(slug);
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
        var run = run(slug);

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

    @Test
    void theLedgerHasALineForEachRecipient() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        recipient(slug, "=cmd|' /C calc'!A0");
        recipient(slug, "with \"quotes\", and comma");
        var run = run(slug);

        var csv = asAdmin(slug).get(RUNS + "/" + run + "/ledger?format=csv").then()
                .statusCode(200)
                .contentType("text/csv")
                .header("Content-Disposition", matchesPattern("attachment; filename=\"ledger-[0-9a-f]{32}\\.csv\""))
                .extract().asString();

        assertThat(csv.lines().findFirst()).contains(
                "recipient,report,status,generatedAt,deliveredAt,to,messageId,outcome,attempts,unknownBefore,detail");
        assertThat(csv.lines().skip(1).map(line -> line.replaceAll("[0-9a-f]{32}", "id"))).containsExactlyInAnyOrder(
                "u-1,id,open,,,,,,0,false,", "'=cmd|' /C calc'!A0,id,open,,,,,,0,false,",
                "\"with \"\"quotes\"\", and comma\",id,open,,,,,,0,false,");
    }

    @Test
    void aScheduleKeepsItsAudienceAndItsApproval() {
        var slug = newTenant();
        var body = schedule();
        body.put("audience", Map.of("tags", List.of("sales", "Vertrieb Süd")));
        body.put("approval", "canary");

        var id = asAdmin(slug).contentType(ContentType.JSON).body(body).post(TENANTS + "/" + slug + "/schedules").then()
                .statusCode(201).extract().path("id").toString();
        asAdmin(slug).get(TENANTS + "/" + slug + "/schedules/" + id).then()
                .body("audience.tags", equalTo(List.of("sales", "Vertrieb Süd"))).body("approval", equalTo("canary"));

        body.remove("audience");
        asAdmin(slug).contentType(ContentType.JSON).body(body).put(TENANTS + "/" + slug + "/schedules/" + id).then()
                .statusCode(200).body("audience", nullValue());
        body.put("audience", Map.of("tags", List.of()));
        asAdmin(slug).contentType(ContentType.JSON).body(body).post(TENANTS + "/" + slug + "/schedules").then()
                .statusCode(422).body("errors.field", equalTo(List.of("audience.tags")));
    }

    @Test
    void aWeekIsReconciledForWhomItConcerns() {
        var slug = newTenant();

        asAdmin(slug).get("/api/v1/reconciliation?period=2026-W40").then()
                .statusCode(200).body("expected", equalTo(0)).body("fired", equalTo(0)).body("missing", equalTo(List.of()));
        asOperator().get("/api/v1/reconciliation?period=").then().statusCode(200).body("expected", notNullValue());
        asAdmin(slug).get("/api/v1/reconciliation?period=last-week").then().statusCode(400);
        as(TestTokens.viewer(slug, "u-1")).get("/api/v1/reconciliation").then().statusCode(403);
    }

    private static void recipient(String slug, String userId) {
        asAdmin(slug).contentType(ContentType.JSON).body(Map.of("userId", userId, "name", "Ann", "email", "ann@acme.test"))
                .post(TENANTS + "/" + slug + "/recipients").then().statusCode(201);
    }

    /** A run of all recipients whose jobs nobody works. */
    private String run(String slug) {
        var call = Map.of("definition", "weekly-business", "period", "2026-W40", "deliver", true);
        var run = asAdmin(slug).contentType(ContentType.JSON).body(call).post(RUNS).then()
                .statusCode(202).extract().path("items[0].id").toString();
        Awaitility.await().atMost(Duration.ofSeconds(20))
                .until(() -> asAdmin(slug).get(RUNS + "/" + run).path("state"), "running"::equals);
        return run;
    }
}
