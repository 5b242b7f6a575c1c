package io.weekly.api;

import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.TestReports.done;
import static io.weekly.testing.TestReports.newTenantWithFigures;
import static io.weekly.testing.TestReports.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.weekly.testing.TestDefinitions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The formats PDF, Excel and CSV, from the order to the files. The definition {@code plain} has only PDF. */
@QuarkusTest
@TestProfile(TestDefinitions.class)
class ReportOrderFormatsTest {

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    @Test
    void onlyTheOrderedFormatsAreMade() {
        var slug = newTenantWithFigures("u-1");

        var all = done(slug, order(asViewer(slug, "u-1"), Map.of("formats", List.of("xlsx", "pdf", "csv"))));
        var sheet = done(slug, order(asViewer(slug, "u-1"), Map.of("formats", List.of("xlsx"))));

        all.then().body("files.format", equalTo(List.of("csv", "pdf", "xlsx")));
        sheet.then().body("files.format", equalTo(List.of("xlsx")));
        download(slug, all, "xlsx", XLSX, ".xlsx", "PK");
        download(slug, all, "csv", "application/zip", ".zip", "PK");
        download(slug, all, "pdf", "application/pdf", ".pdf", "%PDF");
    }

    @Test
    void aFormatThatTheDefinitionDoesNotHaveIsNamed() {
        var slug = newTenantWithFigures("u-1");

        order(asViewer(slug, "u-1"), Map.of("definition", "plain", "formats", List.of("pdf", "csv")))
                .statusCode(422).body("errors.field", hasItem("formats[1]"));
        asAdmin(slug).contentType(ContentType.JSON).body(Map.of("definition", "plain", "period", "2026-W40", "formats", List.of("xlsx")))
                .post("/api/v1/runs").then().statusCode(422).body("errors.field", hasItem("formats[0]"));
        asAdmin(slug).contentType(ContentType.JSON).body(Map.of("recipient", "u-1", "formats", List.of("xlsx")))
                .post("/api/v1/definitions/plain/test-send").then().statusCode(422).body("errors.field", hasItem("formats[0]"));
        var schedule = new HashMap<String, Object>(Map.of(
                "definition", "plain", "weekday", "monday", "time", "06:30", "owner", "ann@acme.test", "formats", List.of("xlsx")));
        asAdmin(slug).contentType(ContentType.JSON).body(schedule).post("/api/v1/tenants/" + slug + "/schedules").then()
                .statusCode(422).body("errors.field", hasItem("formats[0]"));
        schedule.put("definition", "weekly-business");
        asAdmin(slug).contentType(ContentType.JSON).body(schedule).post("/api/v1/tenants/" + slug + "/schedules").then()
                .statusCode(201).body("formats", equalTo(List.of("xlsx")));
    }

    @Test
    void inARunTheRecipientsFormatsApplyIfTheDefinitionHasThem() {
        var slug = newTenantWithFigures("u-1");
        asViewer(slug, "u-1").contentType(ContentType.JSON).body(Map.of("formats", List.of("xlsx"))).put("/api/v1/me/preferences").then()
                .statusCode(200).body("formats", equalTo(List.of("xlsx")));

        done(slug, "u-1", ofRun(slug, "weekly-business")).then().body("files.format", equalTo(List.of("xlsx")));
        done(slug, "u-1", ofRun(slug, "plain")).then().body("files.format", equalTo(List.of("pdf")));
    }

    private static String ofRun(String slug, String definition) {
        var run = asAdmin(slug).contentType(ContentType.JSON).body(Map.of("definition", definition, "period", "2026-W40"))
                .post("/api/v1/runs").then().statusCode(202).extract().path("items[0].id").toString();
        return await().atMost(Duration.ofSeconds(30)).until(
                () -> asViewer(slug, "u-1").get("/api/v1/reports?run=" + run).jsonPath().<String>getList("items.id"),
                ids -> ids.size() == 1).getFirst();
    }

    private static void download(String slug, Response report, String format, String type, String ending, String magic) {
        var answer = asViewer(slug, "u-1").get("/api/v1/reports/" + report.path("id") + "/files/" + format);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo(type);
        assertThat(answer.header("Content-Disposition")).endsWith(ending + "\"");
        assertThat(answer.asByteArray()).startsWith(magic.getBytes());
    }
}
