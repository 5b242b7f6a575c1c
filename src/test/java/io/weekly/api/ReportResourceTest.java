package io.weekly.api;

import static io.weekly.api.Api.TENANTS;
import static io.weekly.api.Api.as;
import static io.weekly.api.Api.asAdmin;
import static io.weekly.api.Api.asOperator;
import static io.weekly.api.Api.newRecipient;
import static io.weekly.api.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.weekly.api.http.Problem;
import io.weekly.report.Period;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ReportResourceTest {

    private static final String REPORTS = "/api/v1/reports";

    @Test
    void aViewerAsksForItsOwnReportOfTheLastFullWeek() {
        var slug = newTenantWithFigures("u-1");

        var id = order(asViewer(slug, "u-1"), Map.of())
                .statusCode(202)
                .header("Location", matchesPattern(".*" + REPORTS + "/[0-9a-f]{32}"))
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
    void aStatusThatTheClientKnowsIsNotSentAgain() {
        var slug = newTenantWithFigures("u-1");
        var id = order(asViewer(slug, "u-1"), Map.of()).extract().path("id").toString();
        var tag = done(slug, "u-1", id).header("ETag");

        assertThat(tag).startsWith("\"").endsWith("\"");
        asViewer(slug, "u-1").header("If-None-Match", tag).get(REPORTS + "/" + id).then().statusCode(304).header("ETag", tag);
        asViewer(slug, "u-1").header("If-None-Match", "\"other\"").get(REPORTS + "/" + id).then().statusCode(200);
    }

    @Test
    void aFileComesWholeOrInPartAndOnce() {
        var slug = newTenantWithFigures("u-1");
        var id = order(asViewer(slug, "u-1"), Map.of()).extract().path("id").toString();
        var report = done(slug, "u-1", id);
        var href = report.path("files[0].href").toString();
        var tag = "\"" + report.path("files[0].sha256") + "\"";
        int size = report.path("files[0].bytes");

        var whole = asViewer(slug, "u-1").get(href).then()
                .statusCode(200)
                .contentType("application/pdf")
                .header("ETag", tag)
                .header("Content-Length", Integer.toString(size))
                .header("Content-Disposition", containsString("filename="))
                .extract().asByteArray();
        assertThat(whole).hasSize(size).startsWith("%PDF".getBytes());

        part(slug, href, "bytes=0-3", 206, "bytes 0-3/" + size, Arrays.copyOf(whole, 4));
        part(slug, href, "bytes=10-", 206, "bytes 10-%d/%d".formatted(size - 1, size), Arrays.copyOfRange(whole, 10, size));
        part(slug, href, "bytes=-5", 206, "bytes %d-%d/%d".formatted(size - 5, size - 1, size), Arrays.copyOfRange(whole, size - 5, size));
        part(slug, href, "bytes=5-" + size * 2, 206, "bytes 5-%d/%d".formatted(size - 1, size), Arrays.copyOfRange(whole, 5, size));
        part(slug, href, "bytes=0-1,4-5", 200, null, whole);
        part(slug, href, "bytes=9-5", 200, null, whole);
        asViewer(slug, "u-1").header("Range", "bytes=" + size + "-").get(href).then()
                .statusCode(416).header("Content-Range", "bytes */" + size).contentType(Problem.MEDIA_TYPE);
        asViewer(slug, "u-1").header("If-None-Match", tag).get(href).then().statusCode(304);
        asViewer(slug, "u-1").header("Range", "bytes=0-3").header("If-Range", "\"old\"").get(href).then().statusCode(200);
        asViewer(slug, "u-1").header("Range", "bytes=0-3").header("If-Range", tag).get(href).then().statusCode(206);
        asViewer(slug, "u-1").get(href.replace("pdf", "xlsx")).then().statusCode(404);
    }

    @Test
    void whatHappenedToAReportIsToldInOrder() {
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
    void aViewerSeesNoColleaguesReport() {
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

    @Test
    void whoMayAskForWhomIsHeld() {
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
        var body = TenantResourceTest.withField("{\"definition\": \"weekly-business\"}", field.replaceAll("\\[.*", ""), value);

        asViewer(slug, "u-1").contentType(ContentType.JSON).body(body).post(REPORTS).then()
                .statusCode(422).body("errors.field", hasItem(field));
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

    @Test
    void aRunMakesEverybodysReportOnceAndAgainOnlyAsANewRevision() {
        var slug = newTenantWithFigures("u-1", "u-2", "u-3");
        var call = Map.<String, Object>of("definition", "weekly-business", "period", lastWeek());

        var id = run(asAdmin(slug), call)
                .statusCode(202).header("Retry-After", "1").body("items.tenant", equalTo(List.of(slug)))
                .header("Location", matchesPattern(".*/api/v1/runs/[0-9a-f]{32}"))
                .extract().path("items[0].id").toString();
        run(asAdmin(slug), call).statusCode(202).body("items[0].id", equalTo(id));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> asAdmin(slug).get("/api/v1/runs/" + id).then()
                .body("state", equalTo("finished")).body("due", equalTo(3)).body("counts", equalTo(Map.of("generated", 3)))
                .header("Retry-After", nullValue()));

        asAdmin(slug).get(REPORTS + "?run=" + id).then().body("items.recipient", hasItems("u-1", "u-2", "u-3"));
        asViewer(slug, "u-2").get(REPORTS + "?run=" + id).then().body("items.recipient", equalTo(List.of("u-2")));
        var again = new HashMap<String, Object>(call);
        again.put("revision", "new");
        run(asAdmin(slug), again).statusCode(202).body("items[0].revision", equalTo(2));
        asAdmin(slug).get("/api/v1/runs?period=" + lastWeek()).then().body("items.revision", equalTo(List.of(2, 1)));
    }

    @Test
    void aRunIsForThoseWhoAdministerTheTenant() {
        var slug = newTenantWithFigures("u-1");
        var other = newTenant();
        var call = new HashMap<String, Object>(Map.of("definition", "weekly-business", "period", lastWeek()));

        run(asViewer(slug, "u-1"), call).statusCode(403);
        call.put("tenants", List.of(slug, other));
        run(asAdmin(slug), call).statusCode(404);
        var ids = run(asOperator(), call).statusCode(202).body("items.tenant", equalTo(List.of(slug, other)))
                .extract().jsonPath().getList("items.id");
        asAdmin(slug).get("/api/v1/runs/" + ids.get(0)).then().statusCode(200);
        asAdmin(slug).get("/api/v1/runs/" + ids.get(1)).then().statusCode(404);
        asViewer(slug, "u-1").get("/api/v1/runs").then().statusCode(403);
        call.put("tenants", List.of(slug, "no-such"));
        run(asOperator(), call).statusCode(422).body("errors.field", equalTo(List.of("tenants[1]")));
        asOperator().get("/api/v1/runs?state=nonsense").then().statusCode(400);
    }

    @Test
    void whatCanBeReportedIsListed() {
        asViewer(newTenant(), "u-1").get("/api/v1/definitions").then()
                .statusCode(200)
                .body("items.name", hasItem("weekly-business"))
                .body("items[0].version", notNullValue())
                .body("items[0].errors", equalTo(List.of()));
    }

    private static void part(String slug, String href, String range, int status, String contentRange, byte[] expected) {
        var answer = asViewer(slug, "u-1").header("Range", range).get(href).then().statusCode(status).extract();
        assertThat(answer.header("Content-Range")).isEqualTo(contentRange);
        assertThat(answer.asByteArray()).isEqualTo(expected);
    }

    private static Response done(String slug, String user, String id) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> asViewer(slug, user).get(REPORTS + "/" + id), report -> report.path("done"));
    }

    private static String lastWeek() {
        return Period.lastFullWeek(Instant.now(), ZoneId.of("Europe/Berlin")).toString();
    }

    static RequestSpecification asViewer(String slug, String user) {
        return as(TestTokens.viewer(slug, user));
    }

    private static ValidatableResponse order(RequestSpecification caller, Map<String, Object> order) {
        var body = new HashMap<>(order);
        body.put("definition", "weekly-business");
        return caller.contentType(ContentType.JSON).body(body).post(REPORTS).then();
    }

    private static ValidatableResponse run(RequestSpecification caller, Map<String, Object> call) {
        return caller.contentType(ContentType.JSON).body(call).post("/api/v1/runs").then();
    }

    static String newTenantWithFigures(String... users) {
        var slug = newTenant();
        for (var user : users) {
            newRecipient(slug, user);
        }
        var figures = "{\"metric\": \"revenue\", \"day\": \"%s\", \"value\": 12.5}".formatted(Period.parse(lastWeek()).monday());
        UploadTest.asNdjson(slug).body(figures.getBytes()).post(TENANTS + "/" + slug + "/metrics").then().statusCode(200);
        return slug;
    }
}
