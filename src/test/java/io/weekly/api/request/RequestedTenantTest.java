package io.weekly.api.request;

import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.TestReports.lastWeek;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.weekly.report.Period;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The week that a request names: it must exist, and it must be over unless the request says that this is not needed. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class RequestedTenantTest {

    private static final List<String> PATHS =
            List.of("/api/v1/runs", "/api/v1/reports", "/api/v1/definitions/weekly-business/test-send");

    @Inject
    World world;

    private String slug;

    @BeforeEach
    void aTenantWithARecipient() {
        slug = newTenant();
        newRecipient(slug, "admin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"this week", "next week", "2055-W30", "9999-W01", "9999-W52"})
    void aWeekThatIsNotOverIsRefused(String week) {
        for (var path : PATHS) {
            post(asAdmin(slug), path, period(week)).statusCode(422)
                    .body("errors.field", equalTo(List.of("period")))
                    .body("errors.message", hasItem(containsString("is not over")));
        }
        asAdmin(slug).get("/api/v1/runs").then().body("items", equalTo(List.of()));
        asAdmin(slug).get("/api/v1/reports").then().body("items", equalTo(List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"this week", "next week", "9999-W52"})
    void aWeekThatIsNotOverIsAllowedIfTheRequestSaysSo(String week) {
        for (var path : PATHS) {
            var fields = new HashMap<String, Object>(period(week));
            fields.put("unfinished", true);
            post(asAdmin(slug), path, fields).statusCode(202);
        }
    }

    @Test
    void unfinishedFalseIsTheDefaultAndALastFullWeekNeedsNothing() {
        for (var path : PATHS) {
            var fields = new HashMap<String, Object>(period("this week"));
            fields.put("unfinished", false);
            post(asAdmin(slug), path, fields).statusCode(422);
            post(asAdmin(slug), path, Map.of("period", lastWeek())).statusCode(202);
            post(asAdmin(slug), path, Map.of("period", lastWeek(), "unfinished", true)).statusCode(202);
        }
    }

    @Test
    void aRunOfAWeekThatWasNotOverDoesNotCountForALaterOne() {
        var order = new HashMap<String, Object>(Map.of("definition", "weekly-business", "period", lastWeek(), "unfinished", true));
        String early = asAdmin(slug).contentType(ContentType.JSON).body(order).post("/api/v1/runs").then().statusCode(202)
                .extract().path("items[0].id");
        world.sql("UPDATE run SET unfinished = TRUE WHERE id = UNHEX(?)", early);

        order.put("unfinished", false);
        asAdmin(slug).contentType(ContentType.JSON).body(order).post("/api/v1/runs").then().statusCode(202)
                .body("items[0].id", not(equalTo(early))).body("items[0].revision", equalTo(2));
    }

    @Test
    void noRunStartsIfTheWeekIsNotOverForOneOfTheTenants() {
        var other = newTenant();
        post(asOperator(), "/api/v1/runs", Map.of("tenants", List.of(slug, other), "period", period("this week").get("period")))
                .statusCode(422).body("errors.message", hasItem(containsString(slug)));

        asOperator().get("/api/v1/runs?tenant=" + slug).then().body("items", equalTo(List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-W53, 2025 has no week 53", "2027-W53, 2027 has no week 53", "2026-W54, 2026 has no week 54", "2026-W00, 2026 has no week 0",
        "0000-W01, 0000 has no week 1", "2026-W5, must be an ISO week such as 2026-W47"
    })
    void aWeekThatDoesNotExistIsNamedAsSuch(String week, String message) {
        for (var path : PATHS) {
            post(asAdmin(slug), path, Map.of("period", week)).statusCode(422)
                    .body("errors", equalTo(List.of(Map.of("field", "period", "message", message))));
        }
    }

    @Test
    void aFilterThatNamesAWeekThatDoesNotExistIsToldSo() {
        for (var path : List.of("/api/v1/runs", "/api/v1/reports", "/api/v1/reconciliation")) {
            asAdmin(slug).get(path + "?period=2025-W53").then().statusCode(400).body("detail", containsString("2025 has no week 53"));
            asAdmin(slug).get(path + "?period=9999-W52").then().statusCode(200);
            asAdmin(slug).get(path + "?period=0001-W01").then().statusCode(200);
        }
    }

    private static Map<String, Object> period(String week) {
        var last = Period.parse(lastWeek());
        return Map.of("period", switch (week) {
            case "this week" -> last.next().toString();
            case "next week" -> last.next().next().toString();
            default -> week;
        });
    }

    private static ValidatableResponse post(RequestSpecification caller, String path, Map<String, ?> fields) {
        var body = new HashMap<String, Object>(fields);
        if (!path.endsWith("test-send")) {
            body.put("definition", "weekly-business");
        }
        return caller.contentType(ContentType.JSON).body(body).post(path).then();
    }
}
