package io.weekly.api;

import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.TestReports.done;
import static io.weekly.testing.TestReports.newTenantWithFigures;
import static io.weekly.testing.TestReports.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.api.http.Problem;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ReportResourceTest {

    private static final String REPORTS = "/api/v1/reports";

    @Test
    void aReportThatTheClientKnowsIsNotSentAgain() {
        var slug = newTenantWithFigures("u-1");
        var id = order(asViewer(slug, "u-1"), Map.of()).extract().path("id").toString();
        var tag = done(slug, "u-1", id).header("ETag");

        assertThat(tag).startsWith("\"").endsWith("\"");
        asViewer(slug, "u-1").header("If-None-Match", tag).get(REPORTS + "/" + id).then().statusCode(304).header("ETag", tag);
        asViewer(slug, "u-1").header("If-None-Match", "\"other\"").get(REPORTS + "/" + id).then().statusCode(200);
    }

    @Test
    void theEventsOfAReportAreListedInOrder() {
        var slug = newTenantWithFigures("u-1");
        var id = order(asViewer(slug, "u-1"), Map.of()).extract().path("id").toString();
        done(slug, "u-1", id);

        asViewer(slug, "u-1").get(REPORTS + "/" + id + "/events").then()
                .statusCode(200)
                .body("items[0].action", equalTo("report.requested"))
                .body("items[0].actor", equalTo("user:u-1"))
                .body("items.action", hasItem("report.generated"));
    }

    @Test
    void aViewerDoesNotSeeReportsOfColleagues() {
        var slug = newTenantWithFigures("u-1", "u-2");
        var other = newTenantWithFigures("u-1");
        var id = order(asAdmin(slug), Map.of("recipient", "u-1")).statusCode(202).extract().path("id").toString();

        for (var stranger : List.of(
                TestTokens.viewer(slug, "u-2"), TestTokens.viewer(slug, "nobody"), TestTokens.viewer(other, "u-1"),
                TestTokens.tenantAdmin(other, "admin"))) {
            for (var path : List.of("", "/events", "/files/pdf")) {
                as(stranger).get(REPORTS + "/" + id + path).then().statusCode(404).contentType(Problem.MEDIA_TYPE);
            }
            as(stranger).get(REPORTS).then().statusCode(200).body("items", equalTo(List.of()));
            as(stranger).get(REPORTS + "?tenant=" + slug + "&recipient=u-1").then().body("items", equalTo(List.of()));
        }
        asViewer(slug, "u-1").get(REPORTS + "/" + id).then().statusCode(200);
        asAdmin(slug).get(REPORTS + "/" + id).then().statusCode(200);
        asOperator().get(REPORTS + "/" + id).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=nonsense", "period=2026", "period=2025-W53", "run=1", "limit=0", "cursor=x"})
    void aFilterThatCanMatchNothingIsABadRequest(String query) {
        asOperator().get(REPORTS + "?" + query).then().statusCode(400).contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void theListIsNarrowedAndPaged() {
        var slug = newTenantWithFigures("u-1", "u-2");
        order(asAdmin(slug), Map.of("recipient", "u-1", "period", "2026-W40"));
        order(asAdmin(slug), Map.of("recipient", "u-1", "period", "2026-W41"));
        order(asAdmin(slug), Map.of("recipient", "u-2", "period", "2026-W41"));

        asAdmin(slug).get(REPORTS + "?period=2026-W41&recipient=&status=").then().body("items.size()", equalTo(2));
        asAdmin(slug).get(REPORTS + "?recipient=u-1&period=2026-W41").then().body("items.size()", equalTo(1));
        asOperator().get(REPORTS + "?tenant=" + slug + "&definition=weekly-business").then().body("items.size()", equalTo(3));
        var first = asAdmin(slug).get(REPORTS + "?limit=2").then().body("next", notNullValue()).extract().jsonPath();
        asAdmin(slug).get(REPORTS + "?limit=2&cursor=" + first.getString("next")).then()
                .body("items.size()", equalTo(1)).body("next", nullValue());
    }
}
