package io.weekly.api;

import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.TestReports.lastWeek;
import static io.weekly.testing.TestReports.newTenantWithFigures;
import static io.weekly.testing.TestReports.startRuns;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RunResourceTest {

    private static final String REPORTS = "/api/v1/reports";

    @Inject
    World world;

    @Test
    void aRunMakesOneReportForEachRecipientAndMoreOnlyAsANewRevision() {
        var slug = newTenantWithFigures("u-1", "u-2", "u-3");
        var call = Map.<String, Object>of("definition", "weekly-business", "period", lastWeek());

        var id = startRuns(asAdmin(slug), call)
                .statusCode(202).header("Retry-After", "1").body("items.tenant", equalTo(List.of(slug)))
                .header("Location", matchesPattern("/api/v1/runs/[0-9a-f]{32}"))
                .extract().path("items[0].id").toString();
        startRuns(asAdmin(slug), call).statusCode(202).body("items[0].id", equalTo(id));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> asAdmin(slug).get("/api/v1/runs/" + id).then()
                .body("state", equalTo("finished")).body("due", equalTo(3)).body("counts", equalTo(Map.of("generated", 3)))
                .header("Retry-After", nullValue()));

        asAdmin(slug).get(REPORTS + "?run=" + id).then().body("items.recipient", hasItems("u-1", "u-2", "u-3"));
        asViewer(slug, "u-2").get(REPORTS + "?run=" + id).then().body("items.recipient", equalTo(List.of("u-2")));
        var again = new HashMap<String, Object>(call);
        again.put("revision", "new");
        startRuns(asAdmin(slug), again).statusCode(202).body("items[0].revision", equalTo(2));
        asAdmin(slug).get("/api/v1/runs?period=" + lastWeek()).then().body("items.revision", equalTo(List.of(2, 1)));
    }

    @Test
    void whoeverGetsAnExistingRunThatDoesLessIsTold() {
        var slug = newTenantWithFigures("u-1");
        var call = new HashMap<String, Object>(Map.of("definition", "weekly-business", "period", lastWeek()));
        var id = startRuns(asAdmin(slug), call).body("items[0].warnings", nullValue()).extract().path("items[0].id").toString();

        call.put("deliver", true);
        startRuns(asAdmin(slug), call).statusCode(202)
                .body("items[0].id", equalTo(id))
                .body("items[0].warnings.code", equalTo(List.of("run-exists")))
                .body("items[0].warnings[0].message", containsString("sends nothing"));
        world.sql("UPDATE run SET state = 'cancelled' WHERE id = UNHEX(?)", id);
        startRuns(asAdmin(slug), call).body("items[0].warnings[0].message", containsString("was cancelled"));
        call.put("revision", "new");
        startRuns(asAdmin(slug), call).body("items[0].warnings", nullValue());
    }

    @Test
    void aRunIsForThoseWhoAdministerTheTenant() {
        var slug = newTenantWithFigures("u-1");
        var other = newTenant();
        var call = new HashMap<String, Object>(Map.of("definition", "weekly-business", "period", lastWeek()));

        startRuns(asViewer(slug, "u-1"), call).statusCode(403);
        call.put("tenants", List.of(slug, other));
        startRuns(asAdmin(slug), call).statusCode(404);
        var ids = startRuns(asOperator(), call).statusCode(202).body("items.tenant", equalTo(List.of(slug, other)))
                .extract().jsonPath().getList("items.id");
        asAdmin(slug).get("/api/v1/runs/" + ids.get(0)).then().statusCode(200);
        asAdmin(slug).get("/api/v1/runs/" + ids.get(1)).then().statusCode(404);
        asViewer(slug, "u-1").get("/api/v1/runs").then().statusCode(403);
        call.put("tenants", List.of(slug, "no-such"));
        startRuns(asOperator(), call).statusCode(422).body("errors.field", equalTo(List.of("tenants[1]")));
        asOperator().get("/api/v1/runs?state=nonsense").then().statusCode(400);
    }
}
