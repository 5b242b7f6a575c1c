package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.Api.schedule;
import static io.weekly.testing.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.weekly.testing.TestReports;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handing all schedules of a person to another one, and the address for the letters of owners that bounce. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ScheduleTransferResourceTest {

    @Inject
    World world;

    private String slug;

    @BeforeEach
    void aTenant() {
        slug = newTenant();
    }

    @Test
    void allSchedulesOfAPersonGetTheOtherOwnerInAnyCaseAndOthersDoNot() {
        var first = newSchedule(slug, "Ann@acme.test");
        var second = newSchedule(slug, "ann@ACME.test");
        var ofCyd = newSchedule(slug, "cyd@acme.test");
        var ended = newSchedule(slug, "ann@acme.test");
        asAdmin(slug).delete(schedules(slug) + "/" + ended).then().statusCode(204);
        var stranger = newTenant();
        var ofStranger = newSchedule(stranger, "ann@acme.test");

        transfer("ANN@acme.test", "bob@acme.test").statusCode(200)
                .body("transferred", equalTo(2))
                .body("schedules", equalTo(List.of(first, second)));

        assertThat(owner(slug, first)).isEqualTo("bob@acme.test");
        assertThat(owner(slug, second)).isEqualTo("bob@acme.test");
        assertThat(owner(slug, ofCyd)).isEqualTo("cyd@acme.test");
        assertThat(owner(stranger, ofStranger)).isEqualTo("ann@acme.test");
        assertThat(world.events(first)).containsExactly("schedule.created", "schedule.transferred");
        assertThat(world.events(ended)).containsExactly("schedule.created", "schedule.ended");
        assertThat(world.events(ofStranger)).containsExactly("schedule.created");
    }

    @Test
    void theEventNamesBothPersonsAndTheActor() {
        var one = newSchedule(slug, "ann@acme.test");

        transfer("ann@acme.test", "bob@acme.test").statusCode(200);

        var event = asAdmin(slug).queryParam("action", "schedule.transferred").get("/api/v1/audit").then().statusCode(200)
                .extract().path("items[0]");
        assertThat(event).asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("subject", one)
                .containsEntry("actor", "user:admin")
                .containsEntry("detail", Map.of("definition", "weekly-business", "from", "ann@acme.test", "to", "bob@acme.test"));
    }

    @Test
    void theReconciliationStillKnowsTheWeekdaysAfterATransfer() {
        var one = newSchedule(slug, "ann@acme.test");
        world.sql("UPDATE schedule SET created_at = NOW(6) - INTERVAL 21 DAY WHERE id = UNHEX(?)", one);
        world.sql("UPDATE audit_event SET at = NOW(6) - INTERVAL 21 DAY WHERE subject = ?", one);
        var before = asAdmin(slug).get("/api/v1/reconciliation?period=" + TestReports.lastWeek()).then().statusCode(200)
                .body("expected", equalTo(1)).extract().asString();

        transfer("ann@acme.test", "bob@acme.test").statusCode(200);

        assertThat(asAdmin(slug).get("/api/v1/reconciliation?period=" + TestReports.lastWeek()).asString())
                .isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "nobody@acme.test, bob@acme.test, from",
        "ann@acme.test, ANN@acme.test, to",
        "ann@acme.test, bob, to",
        "ann, bob@acme.test, from",
        "'ann@acme.test\r\n', bob@acme.test, from",
        ", bob@acme.test, from"
    })
    void aTransferFromNobodyOrToTheSamePersonIsRefused(String from, String to, String field) {
        var one = newSchedule(slug, "ann@acme.test");
        var stranger = newTenant();
        newSchedule(stranger, "nobody@acme.test");
        var body = from == null ? Map.of("to", to) : Map.of("from", from, "to", to);

        asAdmin(slug).contentType(ContentType.JSON).body(body).post(transfers()).then()
                .statusCode(422)
                .body("errors[0].field", equalTo(field));

        assertThat(owner(slug, one)).isEqualTo("ann@acme.test");
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswer() {
        newSchedule(slug, "ann@acme.test");
        var body = Map.of("from", "ann@acme.test", "to", "bob@acme.test");

        for (var i = 0; i < 2; i++) {
            asAdmin(slug).contentType(ContentType.JSON).header("Idempotency-Key", "transfer-1").body(body).post(transfers()).then()
                    .statusCode(200)
                    .body("transferred", equalTo(1));
        }
        asAdmin(slug).contentType(ContentType.JSON).header("Idempotency-Key", "transfer-1")
                .body(Map.of("from", "bob@acme.test", "to", "ann@acme.test")).post(transfers()).then()
                .statusCode(422);
    }

    @Test
    void aViewerMayNotTransfer() {
        newRecipient(slug, "u-17");

        asViewer(slug, "u-17").contentType(ContentType.JSON).body(Map.of("from", "ann@acme.test", "to", "bob@acme.test"))
                .post(transfers()).then()
                .statusCode(403);
    }

    @Test
    void theProblemOfAnOwnerIsShownAndCannotBeSet() {
        var body = schedule();
        body.put("ownerProblem", Map.of("address", "x@acme.test", "reason", "none", "since", "2026-11-24T08:00:00Z"));
        String one = asAdmin(slug).contentType(ContentType.JSON).body(body).post(schedules(slug)).then().statusCode(201)
                .extract().path("id");
        assertThat((Object) asAdmin(slug).get(schedules(slug) + "/" + one).path("ownerProblem")).isNull();
        world.sql("""
            INSERT INTO owner_problem (tenant_id, address, reason, since, late)
            SELECT id, 'owner@acme.test', '550 5.1.1 gone', '2026-11-24 08:00:00', FALSE FROM tenant WHERE slug = ?""", slug);

        var problem = Map.of("address", "owner@acme.test", "reason", "550 5.1.1 gone", "since", "2026-11-24T08:00:00Z");
        asAdmin(slug).get(schedules(slug) + "/" + one).then().statusCode(200).body("ownerProblem", equalTo(problem));
        asAdmin(slug).get(schedules(slug)).then().statusCode(200).body("items[0].ownerProblem", equalTo(problem));
        asAdmin(slug).contentType(ContentType.JSON).body(schedule()).put(schedules(slug) + "/" + one).then()
                .statusCode(200)
                .body("ownerProblem", equalTo(problem));

        transfer("owner@acme.test", "bob@acme.test").statusCode(200);
        assertThat((Object) asAdmin(slug).get(schedules(slug) + "/" + one).path("ownerProblem")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "a@b.test\r\nBcc: c@d.test", ""})
    void aFallbackAddressMustBeAnAddress(String address) {
        var tenant = tenant(slug);
        tenant.put("fallbackAddress", address);

        asOperator().contentType(ContentType.JSON).body(tenant).put(TENANTS + "/" + slug).then()
                .statusCode(422)
                .body("errors[0].field", equalTo("fallbackAddress"));
    }

    private ValidatableResponse transfer(String from, String to) {
        return asAdmin(slug).contentType(ContentType.JSON).body(Map.of("from", from, "to", to)).post(transfers()).then();
    }

    private String transfers() {
        return TENANTS + "/" + slug + "/schedule-transfers";
    }

    private static String schedules(String slug) {
        return TENANTS + "/" + slug + "/schedules";
    }

    private static String newSchedule(String slug, String owner) {
        var body = schedule();
        body.put("owner", owner);
        return asAdmin(slug).contentType(ContentType.JSON).body(body).post(schedules(slug)).then().statusCode(201).extract().path("id");
    }

    private static String owner(String slug, String id) {
        return asAdmin(slug).get(schedules(slug) + "/" + id).path("owner");
    }
}
