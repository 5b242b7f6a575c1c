package io.weekly.api;

import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.Api.withField;
import static io.weekly.testing.TestReports.done;
import static io.weekly.testing.TestReports.lastWeek;
import static io.weekly.testing.TestReports.newTenantWithFigures;
import static io.weekly.testing.TestReports.order;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.weekly.testing.TestServers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ReportOrderResourceTest {

    private static final String REPORTS = "/api/v1/reports";

    @Test
    void aViewerOrdersTheirOwnReportOfTheLastFullWeek() {
        var slug = newTenantWithFigures("u-1");

        var id = order(asViewer(slug, "u-1"), Map.of())
                .statusCode(202)
                .header("Location", matchesPattern(REPORTS + "/[0-9a-f]{32}"))
                .header("Retry-After", "1")
                .body("tenant", equalTo(slug))
                .body("recipient", equalTo("u-1"))
                .body("period", equalTo(lastWeek()))
                .body("delivery.mode", equalTo("none"))
                .body("priority", equalTo("on-demand"))
                .extract().path("id").toString();

        var done = done(slug, "u-1", id);
        done.then().body("status", equalTo("generated")).body("files[0].format", equalTo("pdf")).header("Retry-After", nullValue());
    }

    @Test
    void aCallerOrdersReportsOnlyForRecipientsTheyMaySee() {
        var slug = newTenantWithFigures("u-1", "u-2");

        order(asViewer(slug, "u-1"), Map.of("recipient", "u-2")).statusCode(403);
        order(asViewer(slug, "nobody"), Map.of()).statusCode(422).body("errors.field", equalTo(List.of("recipient")));
        order(asAdmin(slug), Map.of()).statusCode(422).body("errors.field", equalTo(List.of("recipient")));
        order(asAdmin(slug), Map.of("recipient", "u-9")).statusCode(422).body("errors.field", equalTo(List.of("recipient")));
        order(asAdmin(slug), Map.of("recipient", "u-1", "tenant", newTenant())).statusCode(404);
        order(asOperator(), Map.of("recipient", "u-1")).statusCode(422).body("errors.field", equalTo(List.of("tenant")));
        order(asOperator(), Map.of("recipient", "u-1", "tenant", "no-such")).statusCode(422);
        order(asOperator(), Map.of("recipient", "u-1", "tenant", slug)).statusCode(202).body("recipient", equalTo("u-1"));
        order(asAdmin(slug), Map.of("recipient", "u-2", "tenant", slug)).statusCode(202);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "definition | null", "definition | \"no-such\"", "period | \"2025-W53\"", "period | \"2026-11-20\"", "period | 47",
        "formats | []", "formats[1] | [\"xlsx\", \"docx\"]", "deliver | \"yes\"", "recipient | \"\"", "files | []"
    })
    void aWrongFieldIsNamed(String field, String value) {
        var slug = newTenantWithFigures("u-1");
        var body = withField("{\"definition\": \"weekly-business\"}", field.replaceAll("\\[.*", ""), value);

        asViewer(slug, "u-1").contentType(ContentType.JSON).body(body).post(REPORTS).then()
                .statusCode(422).body("errors.field", hasItem(field));
    }
}
