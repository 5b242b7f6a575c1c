package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asAdminWithoutDescription;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.Api.schedule;
import static io.weekly.testing.Api.tenant;
import static io.weekly.testing.Api.withField;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.weekly.api.http.Problem;
import io.weekly.schedule.SendTime;
import io.weekly.testing.TestServers;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ScheduleResourceTest {

    private static final SendTime MONDAY = new SendTime(DayOfWeek.MONDAY, LocalTime.of(6, 30));

    @Test
    void aScheduleIsReadAsItWasWrittenAndHasItsNextSendTime() {
        var slug = newTenant();
        var next = MONDAY.next(Instant.now(), ZoneId.of("Europe/Berlin"));

        var id = asAdmin(slug).contentType(ContentType.JSON).body(schedule()).post(schedules(slug)).then()
                .statusCode(201)
                .header("Location", matchesPattern(schedules(slug) + "/[0-9a-f]{32}"))
                .extract().path("id").toString();

        var expected = schedule();
        expected.put("id", id);
        expected.put("nextRunAt", next.toString());
        assertThat(asAdmin(slug).get(schedules(slug) + "/" + id).as(Map.class)).isEqualTo(expected);
    }

    @Test
    void missingFieldsHaveDefaults() {
        var slug = newTenant();

        asAdminWithoutDescription(slug).contentType(ContentType.JSON)
                .body(Map.of("definition", "weekly-business", "weekday", "MONDAY", "time", "06:30", "owner", "o@acme.test"))
                .post(schedules(slug)).then()
                .statusCode(201)
                .body("weekday", equalTo("monday"))
                .body("windowMinutes", equalTo(0))
                .body("formats", equalTo(List.of("pdf")))
                .body("delivery", equalTo("attachment"))
                .body("catchUp", equalTo("latest"))
                .body("approval", equalTo("none"))
                .body("paused", equalTo(false));
    }

    @Test
    void aPausedScheduleDoesNotFireUntilItIsResumed() {
        var slug = newTenant();
        var one = newSchedule(slug);
        var schedule = read(slug, one);

        schedule.put("paused", true);
        put(slug, one, schedule);
        assertThat(read(slug, one)).containsEntry("nextRunAt", null).containsEntry("paused", true);

        schedule.put("paused", false);
        put(slug, one, schedule);
        assertThat(read(slug, one)).extracting("nextRunAt").isNotNull();
    }

    @Test
    void anotherZoneMovesTheNextSendTimeAndNotTheWeek() {
        var slug = newTenant();
        var one = newSchedule(slug);
        var before = Instant.parse(read(slug, one).get("nextRunAt").toString());

        var moved = tenant(slug);
        moved.put("zone", "America/New_York");
        asOperator().contentType(ContentType.JSON).body(moved).put(TENANTS + "/" + slug).then().statusCode(200);

        var after = Instant.parse(read(slug, one).get("nextRunAt").toString());
        assertThat(after.atZone(ZoneId.of("America/New_York")).toLocalDateTime())
                .isEqualTo(before.atZone(ZoneId.of("Europe/Berlin")).toLocalDateTime());
    }

    @Test
    void anEditThatKeepsTheSendTimeKeepsTheNextOne() {
        var slug = newTenant();
        var one = newSchedule(slug);
        var schedule = read(slug, one);
        var next = schedule.get("nextRunAt");

        schedule.put("owner", "other@acme.test");
        schedule.put("nextRunAt", "2001-01-01T00:00:00Z");
        put(slug, one, schedule);

        assertThat(read(slug, one)).containsEntry("nextRunAt", next).containsEntry("owner", "other@acme.test");
    }

    @Test
    void anEndedScheduleIsGone() {
        var slug = newTenant();
        var one = newSchedule(slug);

        asAdmin(slug).delete(one).then().statusCode(204);

        asAdmin(slug).get(one).then().statusCode(404);
        asAdmin(slug).delete(one).then().statusCode(404);
        asAdmin(slug).contentType(ContentType.JSON).body(schedule()).put(one).then().statusCode(404);
        asAdmin(slug).get(schedules(slug)).then().body("items", equalTo(List.of()));
    }

    @Test
    void theIdOfAScheduleOfAnotherTenantIsNotFound() {
        var mine = newTenant();
        var theirs = newTenant();
        var id = newSchedule(theirs).replaceAll(".*/", "");

        asAdmin(mine).get(schedules(mine) + "/" + id).then().statusCode(404);
        asAdmin(mine).delete(schedules(mine) + "/" + id).then().statusCode(404);
        asAdmin(mine).contentType(ContentType.JSON).body(schedule()).put(schedules(mine) + "/" + id).then().statusCode(404);
        asAdmin(mine).get(schedules(mine) + "/nonsense").then().statusCode(404);
        asAdmin(theirs).get(schedules(theirs) + "/" + id).then().statusCode(200).body("nextRunAt", notNullValue());
    }

    @Test
    void schedulesComeInPages() {
        var slug = newTenant();
        var made = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            made.add(newSchedule(slug).replaceAll(".*/", ""));
        }

        var first = asAdmin(slug).get(schedules(slug) + "?limit=3").then().statusCode(200).extract().jsonPath();
        var second = asAdmin(slug).get(schedules(slug) + "?limit=3&cursor=" + first.getString("next")).then()
                .statusCode(200).body("next", nullValue()).extract().jsonPath();

        var seen = new ArrayList<String>(first.getList("items.id"));
        seen.addAll(second.getList("items.id"));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(made).isSorted();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "definition | null", "definition | \"\"", "definition | 5", "definition | \"no-such-definition\"",
        "weekday | null", "weekday | \"someday\"", "weekday | 0", "weekday | 8", "weekday | []",
        "time | null", "time | \"6:30\"", "time | \"24:00\"", "time | \"06:60\"", "time | \"06:30:15\"", "time | 630",
        "windowMinutes | -1", "windowMinutes | 1441", "windowMinutes | \"5\"", "windowMinutes | 1.5",
        "formats | []", "formats | \"pdf\"", "formats[0] | [\"docx\"]", "formats[1] | [\"pdf\", \"docx\"]", "formats[0] | [5]",
        "delivery | \"pigeon\"", "audience | 5", "owner | null", "owner | \"nobody\"",
        "owner | \"a@b.test\\nBcc: c@d.test\"", "catchUp | \"some\"", "approval | \"parrot\"", "paused | \"no\"",
        "id | \"019ab0000000700080000000000000aa\"", "cron | \"0 6 * * 1\""
    })
    void aWrongFieldIsNamed(String field, String value) throws Exception {
        var slug = newTenant();
        var json = new ObjectMapper().writeValueAsString(schedule());
        var body = withField(json, field.replaceAll("\\[.*", ""), value);

        asAdmin(slug).contentType(ContentType.JSON).body(body).put(newSchedule(slug)).then()
                .statusCode(422)
                .contentType(Problem.MEDIA_TYPE)
                .body("errors.field", hasItem(field));
    }

    @Test
    void aMailWithALinkHasOneFile() {
        var slug = newTenant();
        var schedule = schedule();
        schedule.put("delivery", "link");
        asAdmin(slug).contentType(ContentType.JSON).body(schedule).post(schedules(slug)).then()
                .statusCode(201).body("delivery", equalTo("link"));

        schedule.put("formats", List.of("pdf", "xlsx"));

        asAdmin(slug).contentType(ContentType.JSON).body(schedule).post(schedules(slug)).then()
                .statusCode(422)
                .body("errors", equalTo(List.of(Map.of(
                        "field", "formats", "message", "must be one format: a mail has a link to one file"))));
    }

    private static String schedules(String slug) {
        return TENANTS + "/" + slug + "/schedules";
    }

    private static String newSchedule(String slug) {
        var id = asAdmin(slug).contentType(ContentType.JSON).body(schedule()).post(schedules(slug)).then()
                .statusCode(201).extract().path("id").toString();
        return schedules(slug) + "/" + id;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(String slug, String path) {
        return asAdmin(slug).get(path).then().statusCode(200).extract().as(Map.class);
    }

    private static void put(String slug, String path, Map<String, Object> schedule) {
        asAdmin(slug).contentType(ContentType.JSON).body(schedule).put(path).then().statusCode(200);
    }

    @Test
    void aScheduleKeepsItsAudienceAndItsApproval() {
        var slug = newTenant();
        var body = schedule();
        body.put("audience", Map.of("tags", List.of("sales", "Vertrieb Süd")));
        body.put("approval", "canary");

        var id = asAdmin(slug).contentType(ContentType.JSON).body(body).post(TENANTS + "/" + slug + "/schedules").then()
                .statusCode(201).extract().path("id").toString();
        asAdmin(slug).get(TENANTS + "/" + slug + "/schedules/" + id).then()
                .body("audience.tags", equalTo(List.of("sales", "Vertrieb Süd"))).body("approval", equalTo("canary"));

        body.remove("audience");
        asAdmin(slug).contentType(ContentType.JSON).body(body).put(TENANTS + "/" + slug + "/schedules/" + id).then()
                .statusCode(200).body("audience", nullValue());
        body.put("audience", Map.of("tags", List.of()));
        asAdmin(slug).contentType(ContentType.JSON).body(body).post(TENANTS + "/" + slug + "/schedules").then()
                .statusCode(422).body("errors.field", equalTo(List.of("audience.tags")));
    }
}
