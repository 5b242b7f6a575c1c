package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.TestReports.startRuns;
import static io.weekly.testing.TestReports.startedRun;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.weekly.api.http.Problem;
import io.weekly.database.Ids;
import io.weekly.report.Period;
import io.weekly.testing.Api;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class RunDecisionResourceTest {

    private static final String RUNS = "/api/v1/runs";
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @Inject
    World world;

    @Test
    void aRunIsCancelledOnceAndItsLedgerBalances() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        newRecipient(slug, "u-2");
        var run = startedRun(slug);
        asAdmin(slug).get(RUNS + "/" + run + "/ledger").then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("due", equalTo(2)).body("open", equalTo(2)).body("cancelled", equalTo(0)).body("balanced", equalTo(true))
                .body("size()", equalTo(11));

        asAdmin(slug).post(RUNS + "/" + run + "/cancellation").then()
                .statusCode(202)
                .header("Location", equalTo(RUNS + "/" + run))
                .header("Retry-After", "1")
                .body("state", equalTo("cancelled"));

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> asAdmin(slug).get(RUNS + "/" + run + "/ledger").then()
                .body("cancelled", equalTo(2)).body("open", equalTo(0)).body("balanced", equalTo(true)));
        asAdmin(slug).post(RUNS + "/" + run + "/cancellation").then()
                .statusCode(409).contentType(Problem.MEDIA_TYPE).body("detail", containsString("cancelled"));
        asAdmin(slug).post(RUNS + "/" + run + "/approval").then().statusCode(409);
    }

    @Test
    void whoeverCancelsIsToldWhichSchedulesStillSendTheWeek() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        var will = schedule(slug, Map.of("weekday", tomorrow()));
        schedule(slug, Map.of("weekday", tomorrow(), "paused", true));
        schedule(slug, Map.of("weekday", tomorrow(), "definition", "usage-digest"));

        cancelled(slug, period(0)).body("warnings.code", equalTo(List.of("schedule-will-send")))
                .body("warnings[0].message", allOf(containsString(will), containsString(period(0)), containsString("still send")));
        // No schedule will fire for an older week any more.
        cancelled(slug, period(1)).body("warnings", nullValue());
    }

    @Test
    void whoeverCancelsIsToldWhichRunsOfSchedulesStillSendTheWeek() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        var run = started(slug, period(0));
        var schedule = Ids.next(Clock.systemUTC());
        var open = fired(schedule, run, 2, "held", false);
        fired(schedule, run, 3, "finished", true);

        asAdmin(slug).post(RUNS + "/" + run + "/cancellation").then().statusCode(202)
                .body("warnings.code", equalTo(List.of("schedule-has-fired")))
                .body("warnings[0].message", allOf(containsString(schedule), containsString(open)));
    }

    private String fired(String schedule, String earlier, int revision, String state, boolean ended) {
        var run = Ids.next(Clock.systemUTC());
        world.sql("""
            INSERT INTO run (tenant_id, id, definition, period, revision, schedule_id, triggered_by, actor, state, formats, delivery,
                             window_minutes, due, started_at, finished_at)
            SELECT tenant_id, UNHEX(?), definition, period, ?, UNHEX(?), 'scheduled', 'service', ?, formats, delivery, 0, 0, NOW(6),
                   IF(?, NOW(6), NULL)
            FROM run
            WHERE id = UNHEX(?)""", run, revision, schedule, state, ended, earlier);
        return run;
    }

    private static ValidatableResponse cancelled(String slug, String period) {
        return asAdmin(slug).post(RUNS + "/" + started(slug, period) + "/cancellation").then().statusCode(202);
    }

    private static String started(String slug, String period) {
        return startRuns(asAdmin(slug), Map.of("definition", "weekly-business", "period", period, "deliver", true, "unfinished", true))
                .statusCode(202).extract().path("items[0].id");
    }

    /** The week that a schedule of tomorrow reports on, or an earlier one. */
    private static String period(int weeksBefore) {
        var tomorrow = LocalDate.now(ZONE).plusDays(1);
        return Period.of(tomorrow.minusWeeks(1L + weeksBefore)).toString();
    }

    private static String tomorrow() {
        return LocalDate.now(ZONE).plusDays(1).getDayOfWeek().name().toLowerCase(Locale.ROOT);
    }

    private static String schedule(String slug, Map<String, Object> fields) {
        var body = new HashMap<String, Object>(Api.schedule());
        body.putAll(fields);
        return asAdmin(slug).contentType(ContentType.JSON).body(body).post(TENANTS + "/" + slug + "/schedules").then()
                .statusCode(201).extract().path("id");
    }

    @Test
    void decisionsAreForThoseWhoAdministerTheTenant() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        var run = startedRun(slug);

        for (var path : List.of("/cancellation", "/approval")) {
            as(TestTokens.viewer(slug, "u-1")).post(RUNS + "/" + run + path).then().statusCode(403);
            asAdmin(newTenant()).post(RUNS + "/" + run + path).then().statusCode(404);
            asOperator().post(RUNS + "/" + "0".repeat(32) + path).then().statusCode(404);
            asOperator().post(RUNS + "/nonsense" + path).then().statusCode(404);
        }
        as(TestTokens.viewer(slug, "u-1")).get(RUNS + "/" + run + "/ledger").then().statusCode(403);
        asAdmin(newTenant()).get(RUNS + "/" + run + "/ledger?format=csv").then().statusCode(404).contentType(Problem.MEDIA_TYPE);
        asOperator().get(RUNS + "/" + run + "/ledger").then().statusCode(200);
        asOperator().get(RUNS + "/" + run + "/ledger?format=xml").then().statusCode(400);
    }
}
