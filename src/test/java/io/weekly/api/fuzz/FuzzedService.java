package io.weekly.api.fuzz;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.weekly.testing.Api;
import io.weekly.testing.TestReports;
import io.weekly.testing.TestTokens;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A service with one of each thing that requests can name.
 *
 * @param tenant the tenant whose things they are
 * @param known by the name of a field or parameter: the values that exist, and some that do not
 */
record FuzzedService(String tenant, Map<String, List<String>> known) {

    static FuzzedService prepare() {
        resumeLanes();
        var mine = newTenant();
        var theirs = newTenant();
        List.of("u-admin", "u-viewer", "u-1", "u-2").forEach(user -> newRecipient(mine, user));
        var report = order(mine, Map.of());
        var mailed = order(mine, Map.of("deliver", true));
        await().atMost(Duration.ofSeconds(60)).until(() -> isDone(mine, report) && isDone(mine, mailed));
        var json = asAdmin(mine).contentType(ContentType.JSON);
        String run = json.body(Map.of("definition", "weekly-business", "period", "2026-W40")).post("/api/v1/runs").path("items[0].id");
        var schedules = IntStream.range(0, 3).mapToObj(i -> asAdmin(mine).contentType(ContentType.JSON).body(Api.schedule())
                .post(TENANTS + "/" + mine + "/schedules").<String>path("id")).toList();
        var nowhere = "00000000000000000000000000000000";
        var known = new HashMap<String, List<String>>();
        known.put("slug", List.of(mine, mine, mine, mine, mine, mine, theirs, "f-1", "f-2", "no-such-tenant"));
        known.put("removable", List.of("f-1", "f-2"));
        known.put("tenant", List.of(mine, mine, mine, theirs));
        known.put("tenants[]", List.of(mine, mine, mine, theirs));
        known.put("userId", List.of("u-1", "u-2", "u-3", "u-4", "u-5", "a b/c"));
        known.put("recipient", List.of("u-viewer", "u-viewer", "u-1", "u-2", "u-9"));
        known.put("report", List.of(report, report, mailed, nowhere));
        known.put("run", List.of(run, run, run, nowhere));
        known.put("schedule", List.of(schedules.get(0), schedules.get(1), schedules.get(2), nowhere));
        known.put("id", List.of(nowhere));
        known.put("definition", List.of("weekly-business"));
        known.put("name", List.of("weekly-business"));
        known.put("unsubscribed[]", List.of("weekly-business"));
        known.put("period", List.of("2026-W40", "2026-W41", "2026-W47", "2025-W01"));
        known.put("file", List.of("pdf", "pdf", "pdf", "csv"));
        known.put("format", List.of("csv", "json"));
        known.put("Range", List.of("bytes=0-99", "bytes=-5", "bytes=100-", "bytes=99999999-"));
        known.put("If-None-Match", List.of(tag(mine, report), tag(mine, mailed), tag(mine, report + "/files/pdf"), "*"));
        known.put("If-Range", List.of(tag(mine, report + "/files/pdf"), "x"));
        known.put("lane", List.of("generate", "deliver"));
        known.put("email", List.of("ann@acme.test"));
        known.put("owner", List.of("ann@acme.test"));
        known.put("replyTo", List.of("ann@acme.test"));
        known.put("zone", List.of("Europe/Vienna", "America/New_York", "Pacific/Apia"));
        known.put("locale", List.of("de-DE", "en", "fr-CH"));
        known.put("color", List.of("#0a66c2"));
        known.put("time", List.of("06:30"));
        known.put("day", List.of("2026-11-20"));
        known.put("pausedUntil", List.of("2026-11-30T00:00:00Z"));
        known.put("from", List.of("2026-11-01T00:00:00Z"));
        known.put("to", List.of("2027-11-01T00:00:00Z"));
        known.put("Idempotency-Key", IntStream.range(0, 30).mapToObj(i -> "key-" + i).toList());
        known.put("cursor", List.of("MDE5YWIyZjA3YzFlN2QzYTlmNGJlMmExYzA1ZDZlN2Y", "dS0x", "MTI", "AA", "x"));
        return new FuzzedService(mine, known);
    }

    /** Requests pause lanes, too. */
    static void resumeLanes() {
        for (var lane : List.of("generate", "deliver")) {
            asOperator().contentType(ContentType.JSON).body(Map.of("paused", false)).put("/api/v1/queue/" + lane).then().statusCode(200);
        }
    }

    private static String order(String tenant, Map<String, Object> fields) {
        return TestReports.order(asViewer(tenant, "u-viewer"), fields).extract().path("id");
    }

    private static String tag(String tenant, String thing) {
        return as(TestTokens.viewer(tenant, "u-viewer")).get("/api/v1/reports/" + thing).header("ETag");
    }

    private static boolean isDone(String tenant, String report) {
        return asAdmin(tenant).get("/api/v1/reports/" + report).<Boolean>path("done");
    }

    /** Tokens by role, and under {@code other} those that are refused. */
    Map<String, List<String>> tokens() {
        return Map.of(
                "viewer", List.of("Bearer " + TestTokens.viewer(tenant, "u-viewer")),
                "tenant-admin",
                List.of("Bearer " + TestTokens.tenantAdmin(tenant, "u-admin"), "Bearer " + TestTokens.tenantAdmin(tenant, "admin")),
                "operator", List.of("Bearer " + TestTokens.operator()),
                "auditor", List.of("Bearer " + TestTokens.auditor()),
                "other", List.of(
                        "Bearer " + TestTokens.tenantAdmin("no-such-tenant", "admin"), "Bearer " + TestTokens.expired(tenant, "u-viewer"),
                        "Bearer " + TestTokens.of("u-viewer", Optional.of(tenant)), "Bearer " + TestTokens.viewer(tenant, "nobody"),
                        "Bearer", "Bearer ", "Bearer x.y.z", "Bearer eyJhbGciOiJub25lIn0.e30.", "Basic YTpi", "Basic %%%", "Digest x",
                        "\u00ff", ""));
    }

    /** Checks that a new tenant gets a report. */
    static void assertWorks() {
        RestAssured.given().get("/q/health").then().statusCode(200);
        resumeLanes();
        var tenant = newTenant();
        newRecipient(tenant, "u-viewer");
        var report = order(tenant, Map.of());
        await().atMost(Duration.ofSeconds(60)).until(() -> isDone(tenant, report));
        assertThat(asAdmin(tenant).get("/api/v1/reports/" + report).then().statusCode(200).extract().<String>path("status"))
                .isEqualTo("generated");
    }
}
