package io.weekly.retention;

import static io.restassured.RestAssured.given;
import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.weekly.store.ReportStore;
import io.weekly.testing.Api;
import io.weekly.testing.Concurrently;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestReports;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class PersonErasuresTest {

    @Inject
    World world;

    @Inject
    StoredReports stored;

    @Inject
    PersonErasures erasures;

    @Inject
    ReportStore store;

    private TenantRow tenant;
    private String recipients;
    private String name;
    private String email;

    @BeforeEach
    void aPerson() {
        tenant = world.tenant();
        recipients = TENANTS + "/" + tenant.slug() + "/recipients";
        var mark = StoredReports.id().substring(0, 12);
        name = "Ann " + mark;
        email = "ann-" + mark + "@acme.test";
        asAdmin(tenant.slug()).contentType(ContentType.JSON)
                .body(Map.of("userId", "u-ann", "name", name, "email", email, "tags", List.of("tag-" + mark)))
                .post(recipients).then().statusCode(201);
        world.recipients(tenant, 1, "bob");
    }

    @Test
    void nothingThatNamesThePersonIsLeft() {
        world.sql("INSERT INTO preference (tenant_id, recipient_id, unsubscribed, updated_at) SELECT tenant_id, id, '[]', NOW(6)"
                + " FROM recipient WHERE tenant_id = ? AND user_id = 'u-ann'", tenant.id());
        var report = stored.delivered(tenant, "u-ann", 30);
        world.sql("UPDATE report SET status = 'bounced', error = ? WHERE id = UNHEX(?)", "550 unknown: " + email, report);
        world.sql("INSERT INTO report_warning (tenant_id, report_id, warnings) VALUES (?, UNHEX(?), ?)", tenant.id(), report,
                "[{\"code\": \"missing-characters\", \"message\": \"" + name + "\"}]");
        var files = stored.inStore(report);
        var link = asViewer(tenant.slug(), "u-ann").contentType(ContentType.JSON).body(Map.of("format", "pdf"))
                .post("/api/v1/reports/" + report + "/links").then().statusCode(201).extract().<String>path("url");
        asAdmin(tenant.slug()).contentType(ContentType.JSON).body(Map.of("address", email))
                .post("/api/v1/tenants/" + tenant.slug() + "/suppressions").then().statusCode(201);
        world.sql("INSERT INTO soft_bounce (tenant_id, address, period, dialogue, at) VALUES (?, ?, '2026-W40', TRUE, NOW(6))",
                tenant.id(), email);
        assertThat(Traces.of(world, email)).contains(
                "recipient.email", "report.error", "delivery.address", "delivery.reply", "suppression.address", "soft_bounce.address");

        var location = erase().header("Location");
        pass();

        assertThat(Traces.of(world, email)).isEmpty();
        assertThat(Traces.of(world, name)).isEmpty();
        assertThat(files).hasSize(2).allSatisfy(file -> assertThat(file).doesNotExist());
        assertThat(world.count("SELECT COUNT(*) FROM preference WHERE tenant_id = ?", tenant.id())).isZero();
        var erasure = asAdmin(tenant.slug()).get(location).then().statusCode(200)
                .body("done", equalTo(true), "finishedAt", notNullValue()).extract();
        asAdmin(tenant.slug()).get("/api/v1/reports/" + report).then().statusCode(200)
                .body("status", equalTo("bounced"), "recipient", equalTo(erasure.path("recipient")), "delivery.to", equalTo(null),
                        "delivery.attempts", equalTo(2), "error", equalTo("erased"));
        asAdmin(tenant.slug()).get("/api/v1/reports/" + report + "/files/pdf").then().statusCode(410);
        assertThat(world.count("SELECT COUNT(*) FROM link WHERE tenant_id = ?", tenant.id())).isZero();
        given().get(link.substring(link.indexOf("/d/"))).then().statusCode(410);
        assertThat(world.events(erasure.path("recipient"))).containsExactly("recipient.erasure-requested", "recipient.erased");
    }

    @Test
    void theLedgerBalancesAsBefore() {
        var run = TestReports.startedRun(tenant.slug());
        world.sql("UPDATE report SET status = 'delivered' WHERE run_id = UNHEX(?)", run);
        world.sql("DELETE FROM job WHERE report_id IN (SELECT id FROM report WHERE run_id = UNHEX(?))", run);
        world.rows("SELECT LOWER(HEX(id)) AS id FROM report WHERE run_id = UNHEX(?)", run)
                .forEach(row -> stored.mailed(tenant, row.getString("id"), email));
        var ledger = "/api/v1/runs/" + run + "/ledger";
        var before = asAdmin(tenant.slug()).get(ledger).then().statusCode(200)
                .body("balanced", equalTo(true), "due", equalTo(2), "delivered", equalTo(2)).extract().asString();

        var recipient = erase().path("recipient").toString();
        pass();

        assertThat(asAdmin(tenant.slug()).get(ledger).asString()).isEqualTo(before);
        assertThat(asAdmin(tenant.slug()).get(ledger + "?format=csv").asString()).contains(recipient).doesNotContain("u-ann\"", "u-ann,");
    }

    @Test
    void theRecipientIsGoneAtOnceAndItsUserIdIsFreeForAnother() {
        var report = stored.delivered(tenant, "u-ann", 30);

        erase();

        asAdmin(tenant.slug()).get(recipients + "/u-ann").then().statusCode(404);
        asAdmin(tenant.slug()).get(recipients + "/u-ann/export").then().statusCode(404);
        asAdmin(tenant.slug()).get(recipients).then().body("items.userId", equalTo(List.of("u-bob-0")));
        asAdmin(tenant.slug()).post(recipients + "/u-ann/erasure").then().statusCode(404);
        asAdmin(tenant.slug()).contentType(ContentType.JSON).body(Map.of("userId", "u-ann", "name", "Another", "email", "x@acme.test"))
                .post(recipients).then().statusCode(201);
        asAdmin(tenant.slug()).get("/api/v1/reports?recipient=u-ann").then().body("items", equalTo(List.of()));
        asViewer(tenant.slug(), "u-ann").get("/api/v1/reports/" + report).then().statusCode(404);
    }

    @Test
    void anErasureWaitsForTheWorkerThatIsAtAReport() {
        var report = stored.delivered(tenant, "u-ann", 30);
        stored.job(tenant, report, "leased");
        var location = erase().header("Location");

        pass();
        asAdmin(tenant.slug()).get(location).then().statusCode(200).header("Retry-After", notNullValue()).body("done", equalTo(false));
        // The worker has read the address before the erasure, and writes it now.
        world.sql("UPDATE delivery SET address = ? WHERE report_id = UNHEX(?)", email, report);
        stored.jobEnds(report);

        pass();
        asAdmin(tenant.slug()).get(location).then().body("done", equalTo(true));
        assertThat(Traces.of(world, email)).isEmpty();
    }

    @Test
    void anErasureWaitsForAStoreThatIsAway() throws Exception {
        var report = stored.delivered(tenant, "u-ann", 30);
        var location = erase().header("Location");
        var away = store.root().resolveSibling("away-" + tenant.slug());
        Files.move(store.root(), away);
        try {
            pass();
            asAdmin(tenant.slug()).get(location).then().body("done", equalTo(false));
        } finally {
            Files.move(away, store.root());
        }

        pass();
        asAdmin(tenant.slug()).get(location).then().body("done", equalTo(true));
        assertThat(stored.inStore(report)).isEmpty();
    }

    @Test
    void twoProcessesFinishAnErasureOnce() throws Exception {
        for (var i = 0; i < 5; i++) {
            stored.delivered(tenant, "u-ann", 30);
        }
        var recipient = erase().path("recipient").toString();

        Concurrently.times(4, () -> {
            pass();
            return true;
        });

        assertThat(world.events(recipient)).containsExactly("recipient.erasure-requested", "recipient.erased");
        assertThat(Traces.of(world, email)).isEmpty();
    }

    @Test
    void samplesForThePersonLoseTheAddressWhenTheyHaveBeenMailed() {
        var sample = stored.delivered(tenant, "u-bob-0", 30);
        world.sql("UPDATE report SET mail_to = ? WHERE id = UNHEX(?)", email, sample);
        world.sql("UPDATE delivery SET address = ? WHERE report_id = UNHEX(?)", email, sample);
        stored.job(tenant, sample, "ready");
        var location = erase().header("Location");

        pass();
        asAdmin(tenant.slug()).get(location).then().body("done", equalTo(false));
        assertThat(Traces.of(world, email)).contains("report.mail_to");

        stored.jobEnds(sample);
        pass();
        asAdmin(tenant.slug()).get(location).then().body("done", equalTo(true));
        assertThat(Traces.of(world, email)).isEmpty();
        assertThat(stored.inStore(sample)).as("files of another recipient").hasSize(2);
    }

    @Test
    void runsAndEndedSchedulesLoseTheirOwnerAndAScheduleThatFiresKeepsIt() {
        var schedules = TENANTS + "/" + tenant.slug() + "/schedules";
        var ended = schedule(schedules);
        var firing = schedule(schedules);
        asAdmin(tenant.slug()).delete(schedules + "/" + ended).then().statusCode(204);
        var run = TestReports.startedRun(tenant.slug());
        world.sql("UPDATE run SET owner = ?, actor = 'user:u-ann' WHERE id = UNHEX(?)", email, run);
        var location = erase().header("Location");

        pass();
        asAdmin(tenant.slug()).get(location).then().body("done", equalTo(false));
        world.sql("UPDATE run SET state = 'finished', finished_at = NOW(6) WHERE id = UNHEX(?)", run);
        pass();

        asAdmin(tenant.slug()).get(location).then().body("done", equalTo(true));
        assertThat(Traces.of(world, email)).containsExactly("schedule.owner");
        asAdmin(tenant.slug()).get(schedules + "/" + firing).then().statusCode(200).body("owner", equalTo(email));
        assertThat(world.count("SELECT COUNT(*) FROM schedule WHERE owner = ?", email)).isOne();
        assertThat(world.count("SELECT COUNT(*) FROM run WHERE actor = 'user:u-ann' AND tenant_id = ?", tenant.id())).isZero();
    }

    private void pass() {
        world.sql("UPDATE erasure SET next_at = NOW(6) WHERE tenant_id = ?", tenant.id());
        get(erasures.erase());
    }

    private String schedule(String schedules) {
        var body = Api.schedule();
        body.put("owner", email);
        return asAdmin(tenant.slug()).contentType(ContentType.JSON).body(body).post(schedules).then().statusCode(201).extract().path("id");
    }

    private ExtractableResponse<Response> erase() {
        return asAdmin(tenant.slug()).post(recipients + "/u-ann/erasure").then().statusCode(202)
                .header("Location", notNullValue()).header("Retry-After", notNullValue()).body("done", equalTo(false)).extract();
    }
}
