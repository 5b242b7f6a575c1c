package io.weekly.api.http;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdminWithoutDescription;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.asOperatorWithoutDescription;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.weekly.testing.ApiDocument;
import io.weekly.testing.TestServers;
import java.util.ArrayList;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class QueryParametersTest {

    @ParameterizedTest
    @CsvSource({
        "/api/v1/reports, priod=2026-W47, priod, period",
        "/api/v1/reports, Period=2026-W47, Period, period",
        "/api/v1/reports, tennant=acme, tennant, tenant",
        "/api/v1/reports, statsu=failed, statsu, status",
        "/api/v1/reports, limits=2, limits, limit",
        "/api/v1/runs, sate=running, sate, state",
        "/api/v1/runs, period=2026-W47&definiton=a, definiton, definition",
        "/api/v1/reconciliation, perriod=2026-W47, perriod, period",
        "/api/v1/audit, form=2026-11-23T06:30:00Z, form, from",
        "/api/v1/tenants, curser=x, curser, cursor",
        "/api/v1/definitions, limit%20=1, limit , limit"})
    void aMisspeltParameterIsNamedWithTheNearestKnownOne(String path, String query, String wrong, String nearest) {
        asOperator().get(path + "?" + query).then()
                .statusCode(400).contentType(Problem.MEDIA_TYPE)
                .body("detail", allOf(containsString("The query parameter " + wrong), containsString("did you mean " + nearest + "?")))
                .body("instance", equalTo(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "x=1", "x", "=1", "_=1700000000", "period[]=2026-W47", "a%00b=1", "%C3%28=1", "period%00=2026-W47", "x=", "status;=1"})
    void anUnknownParameterIsRefusedWithTheKnownOnes(String query) {
        asOperatorWithoutDescription().get("/api/v1/reports?" + query).then()
                .statusCode(400).contentType(Problem.MEDIA_TYPE)
                .body("detail", containsString("cursor, definition, limit, period, recipient, run, status, tenant"));
    }

    /** RESTEasy may find a resource for each of them, but never without this check. */
    @ParameterizedTest
    @ValueSource(strings = {
        "/q/../api/v1/tenants", "//api/v1/tenants", "/api//v1/tenants", "/api/v1/%74enants", "/api/./v1/tenants/",
        "/api/v1/x/%2e%2E/tenants",
        "/api/v1/;x/tenants", "/api/v1;x/tenants", "/api/v1/tenants;x", "/api/v1/tenants//", "/api/v1/%2574enants", "/api/v1/TENANTS"})
    void noSpellingOfAPathIsPassedBy(String path) {
        asOperatorWithoutDescription().urlEncodingEnabled(false).get(path + "?limit=1&dry-run=true").then()
                .statusCode(oneOf(400, 404)).contentType(Problem.MEDIA_TYPE);
        asOperatorWithoutDescription().urlEncodingEnabled(false).delete(path).then()
                .statusCode(oneOf(404, 405)).contentType(Problem.MEDIA_TYPE);
    }

    /** But the addresses in mails: mail systems add parameters to them. */
    @Test
    void noOperationIgnoresAParameterThatItDoesNotHave() {
        var slug = newTenant();
        var ignored = new ArrayList<String>();

        for (var operation : ApiDocument.get().operations()) {
            if (LinkPaths.isLink(operation.path())) {
                continue;
            }
            var path = operation.path().replace("{slug}", slug).replaceAll("\\{.*?}", "nothing");
            var answer = asOperatorWithoutDescription().request(operation.method().toUpperCase(Locale.ROOT), path + "?dry-run=true");
            if (answer.statusCode() != 400 || !answer.asString().contains("dry-run")) {
                ignored.add("%s answers %d".formatted(operation, answer.statusCode()));
            }
        }

        assertThat(ignored).isEmpty();
        asOperator().get(TENANTS + "/" + slug).then().statusCode(200);
    }

    @Test
    void everyParameterOfTheDescriptionIsKnown() {
        for (var operation : ApiDocument.get().operations()) {
            for (var parameter : operation.json().path("parameters")) {
                var described = ApiDocument.get().resolve(parameter);
                if (operation.method().equals("get") && described.get("in").asText().equals("query")) {
                    var path = operation.path().replaceAll("\\{.*?}", "nothing");
                    var answer = asOperatorWithoutDescription().get(path + "?" + described.get("name").asText() + "=");
                    assertThat(answer.statusCode()).as("%s %s", operation, described.get("name")).isIn(200, 404);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "period=2026-W46&period=2026-W47", "period=2026-W46&period=2026-W46", "limit=1&LIMIT=2", "status=&status=failed"})
    void aParameterThatIsGivenTwiceIsRefused(String query) {
        asOperatorWithoutDescription().get("/api/v1/reports?" + query).then().statusCode(400).contentType(Problem.MEDIA_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/reports;priod=2026-W47", "/api/v1/reports/;x", "/api/v1;x/reports"})
    void aParameterInThePathIsRefused(String path) {
        asOperatorWithoutDescription().get(path).then().statusCode(400).contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void aCallWithAMisspeltParameterChangesNothing() {
        var slug = newTenant();
        var one = TENANTS + "/" + slug + "/recipients/u-1";

        asAdminWithoutDescription(slug).contentType(ContentType.JSON).body("{\"name\": \"Ann\", \"email\": \"ann@acme.test\"}")
                .put(one + "?dryRun=true").then().statusCode(400);
        asAdminWithoutDescription(slug).get(one).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?&", "?limit=", "?limit=&cursor=&period=", "?%6Cimit=1"})
    void knownAndEmptyParametersAreAccepted(String query) {
        asOperatorWithoutDescription().get("/api/v1/reports" + query).then().statusCode(200);
    }
}
