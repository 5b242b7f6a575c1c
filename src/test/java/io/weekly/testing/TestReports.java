package io.weekly.testing;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asNdjson;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.weekly.report.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/** Orders reports over HTTP, and waits until they are generated. */
public final class TestReports {

    private static final String REPORTS = "/api/v1/reports";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private TestReports() {}

    /** A new tenant with these recipients, and with figures for the last full week. */
    public static String newTenantWithFigures(String... users) {
        var slug = newTenant();
        for (var user : users) {
            newRecipient(slug, user);
        }
        var figures = "{\"metric\": \"revenue\", \"day\": \"%s\", \"value\": 12.5}".formatted(Period.parse(lastWeek()).monday());
        asNdjson(slug).body(figures.getBytes()).post(TENANTS + "/" + slug + "/metrics").then().statusCode(200);
        return slug;
    }

    public static String lastWeek() {
        return Period.lastFullWeek(Instant.now(), ZoneId.of("Europe/Berlin")).toString();
    }

    /** Of {@code weekly-business}, unless the fields name another definition. */
    public static ValidatableResponse order(RequestSpecification caller, Map<String, ?> fields) {
        var body = new HashMap<String, Object>(Map.of("definition", "weekly-business"));
        body.putAll(fields);
        return caller.contentType(ContentType.JSON).body(body).post(REPORTS).then();
    }

    public static ValidatableResponse startRuns(RequestSpecification caller, Map<String, Object> call) {
        return caller.contentType(ContentType.JSON).body(call).post("/api/v1/runs").then();
    }

    /** The ordered report of {@code u-1}, when it is generated. */
    public static Response done(String slug, ValidatableResponse ordered) {
        return done(slug, "u-1", ordered.statusCode(202).extract().path("id").toString());
    }

    /** The report, when it is generated. */
    public static Response done(String slug, String user, String id) {
        var report = await().atMost(TIMEOUT).until(() -> asViewer(slug, user).get(REPORTS + "/" + id), answer -> answer.path("done"));
        assertThat(report.<String>path("error")).isNull();
        return report;
    }

    /** @param href the path of its PDF */
    public record Generated(String id, String href, String token) {}

    /** A generated report of a new tenant, and an operator's token. */
    public static Generated generatedReport() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        var id = order(asAdmin(slug), Map.of("recipient", "u-1")).statusCode(202).extract().path("id").toString();
        var report = done(slug, "u-1", id);
        return new Generated(id, report.path("files[0].href"), TestTokens.operator());
    }

    /** A run of all recipients of a tenant, when its reports are queued. For tests in which no lane works. */
    public static String startedRun(String slug) {
        return startedRun(slug, "2026-W40");
    }

    public static String startedRun(String slug, String period) {
        var call = Map.<String, Object>of("definition", "weekly-business", "period", period, "deliver", true);
        var run = startRuns(asAdmin(slug), call).statusCode(202).extract().path("items[0].id").toString();
        await().atMost(TIMEOUT).until(() -> asAdmin(slug).get("/api/v1/runs/" + run).path("state"), "running"::equals);
        return run;
    }
}
