package io.weekly.api;

import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The events of a report and of its run, as each role sees them. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class ReportResourceEventsTest {

    @Inject
    World world;

    private String slug;
    private String report;
    private String run;

    @BeforeEach
    void aReportOfARun() {
        slug = newTenant();
        newRecipient(slug, "u-1");
        run = UUID.randomUUID().toString().replace("-", "");
        report = as(TestTokens.viewer(slug, "u-1")).contentType(ContentType.JSON).body(Map.of("definition", "weekly-business"))
                .post("/api/v1/reports").then().statusCode(202).extract().path("id");
        world.sql("UPDATE report SET run_id = UNHEX(?) WHERE id = UNHEX(?)", run, report);
    }

    @Test
    void theEventsOfTheRunTellAViewerNothingAboutOthers() {
        ofTheRun("run.held", "{\"owner\":\"boss@acme.test\",\"canaries\":[\"0a\",\"0b\"]}", 1);

        events(TestTokens.viewer(slug, "u-1"))
                .body("items.action", equalTo(List.of("report.requested", "run.held")))
                .body("items[0].detail.recipient", equalTo("u-1"))
                .body("items[1].detail", equalTo(Map.of()));
        events(TestTokens.tenantAdmin(slug, "admin")).body("items[1].detail.owner", equalTo("boss@acme.test"));
    }

    @Test
    void manyEventsComePageByPage() {
        ofTheRun("run.reports-cancelled", "{}", 300);
        asAdmin(slug).post("/api/v1/reports/" + report + "/cancellation").then().statusCode(202);

        var actions = new ArrayList<String>();
        String cursor = "";
        while (cursor != null) {
            var page = asAdmin(slug).get("/api/v1/reports/" + report + "/events?limit=100&cursor=" + cursor).then()
                    .statusCode(200).extract().jsonPath();
            actions.addAll(page.getList("items.action", String.class));
            cursor = page.getString("next");
        }

        assertThat(actions).hasSize(302).startsWith("report.requested").endsWith("report.cancelled");
        asAdmin(slug).get("/api/v1/reports/" + report + "/events?limit=0").then().statusCode(400);
        asAdmin(slug).get("/api/v1/reports/" + report + "/events?cursor=x").then().statusCode(400);
    }

    private void ofTheRun(String action, String detail, int times) {
        world.sql("""
            INSERT INTO audit_event (tenant_id, at, actor, action, subject, detail)
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
            SELECT t.id, NOW(6), 'service', ?, ?, ?
            FROM tenant t
            JOIN number
            WHERE t.slug = ?""", times, action, run, detail, slug);
    }

    private ValidatableResponse events(String token) {
        return as(token).get("/api/v1/reports/" + report + "/events").then().statusCode(200);
    }
}
