package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.asViewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.weekly.testing.Api;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The export of what is held on a recipient, and the roles of the erasure. The package {@code retention} has the tests of what it does. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class PersonExportResourceTest {

    @Inject
    World world;

    private HandDrivenReports reports;
    private String slug;
    private String person;

    @BeforeEach
    void aRecipientWithAReport() {
        reports = HandDrivenReports.of(world);
        slug = reports.tenant().slug();
        person = TENANTS + "/" + slug + "/recipients/u-ann-0";
    }

    @Test
    void everythingThatIsHeldIsInTheExport() {
        var report = reports.queued("attachment");
        reports.generated(report);
        reports.delivery(report, "accepted");
        reports.ended(report, "delivered");
        var sampleOfBob = reports.queued("attachment");
        world.sql("UPDATE report SET mail_to = ?, recipient_id = recipient_id + 1 WHERE id = UNHEX(?)", reports.address(), sampleOfBob);
        asViewer(slug, "u-ann-0").contentType(ContentType.JSON).body(Map.of("unsubscribed", List.of(), "locale", "fr-CH"))
                .put("/api/v1/me/preferences").then().statusCode(200);
        var schedule = Api.schedule();
        schedule.put("owner", reports.address());
        asViewer(slug, "u-ann-0").contentType(ContentType.JSON).body(Map.of("format", "pdf"))
                .post("/api/v1/reports/" + report + "/links").then().statusCode(201);
        String owned = asAdmin(slug).contentType(ContentType.JSON).body(schedule).post(TENANTS + "/" + slug + "/schedules").path("id");

        asAdmin(slug).contentType(ContentType.JSON).body(Map.of("address", reports.address()))
                .post(TENANTS + "/" + slug + "/suppressions").then().statusCode(201);
        world.sql("INSERT INTO soft_bounce (tenant_id, address, period, dialogue, at) SELECT id, ?, '2026-W40', TRUE, NOW(6) FROM tenant"
                + " WHERE slug = ?", reports.address(), slug);

        asAdmin(slug).get(person + "/export").then().statusCode(200).header("Cache-Control", "no-store")
                .body("recipient.email", equalTo(reports.address()), "preferences.locale", equalTo("fr-CH"),
                        "reports.id", contains(report), "reports[0].files[0].format", equalTo("pdf"),
                        "deliveries.to", contains(reports.address()), "deliveries[0].report", equalTo(report),
                        "suppressions.address", contains(reports.address()), "softBounces.period", contains("2026-W40"),
                        "links.createdBy", contains("user:u-ann-0"), "samples", contains(sampleOfBob), "schedules", contains(owned),
                        "events.action", hasItem("preferences.changed"), "actions.action", hasItem("preferences.changed"),
                        "complete", equalTo(true));
    }

    @Test
    void nothingOfOthersIsInTheExport() {
        asAdmin(slug).contentType(ContentType.JSON).body(Map.of("definition", "weekly-business", "recipient", "u-ann-1"))
                .post("/api/v1/reports").then().statusCode(202);

        var export = asAdmin(slug).get(person + "/export").then().statusCode(200).body("reports", equalTo(List.of())).extract().asString();

        assertThat(export).doesNotContain("u-ann-1");
    }

    @Test
    void aDeletedRecipientIsExportedAndErasedToo() {
        asAdmin(slug).delete(person).then().statusCode(204);

        asAdmin(slug).get(person + "/export").then().statusCode(200).body("recipient.active", equalTo(false));
        asAdmin(slug).post(person + "/erasure").then().statusCode(202);
        asAdmin(slug).get(person + "/export").then().statusCode(404);
    }

    @Test
    void adminsOfTheTenantAndOperatorsMayExportAndErase() {
        var other = Api.newTenant();
        var auditor = TestTokens.auditor();

        asViewer(slug, "u-ann-0").get(person + "/export").then().statusCode(403);
        asViewer(slug, "u-ann-0").post(person + "/erasure").then().statusCode(403);
        asAdmin(other).get(person + "/export").then().statusCode(404);
        asAdmin(other).post(person + "/erasure").then().statusCode(404);
        as(auditor).get(person + "/export").then().statusCode(200);
        as(auditor).post(person + "/erasure").then().statusCode(403);
        asAdmin(slug).get(person).then().statusCode(200);
        asOperator().get(person + "/export").then().statusCode(200);

        var location = asOperator().post(person + "/erasure").then().statusCode(202).extract().header("Location");
        asOperator().get(location).then().statusCode(200);
        asAdmin(slug).get(location).then().statusCode(200);
        as(auditor).get(location).then().statusCode(200);
        asAdmin(other).get(location).then().statusCode(404);
        asAdmin(other).get(location.replace(slug, other)).then().statusCode(404);
        asViewer(slug, "u-ann-1").get(location).then().statusCode(403);
    }

    @Test
    void aRepeatedRequestWithTheSameKeyGetsTheFirstAnswer() {
        var first = asAdmin(slug).header("Idempotency-Key", "erase-ann").post(person + "/erasure").then().statusCode(202).extract();

        var again = asAdmin(slug).header("Idempotency-Key", "erase-ann").post(person + "/erasure").then().statusCode(202)
                .header("Idempotency-Replayed", "true").extract();

        assertThat(again.<String>path("id")).isEqualTo(first.path("id"));
        asAdmin(slug).post(person + "/erasure").then().statusCode(404);
    }

    @Test
    void theStateOfAnErasureHasAnETagAndWaits() {
        var location = asAdmin(slug).post(person + "/erasure").then().statusCode(202).extract().header("Location");
        var tag = asAdmin(slug).get(location).then().statusCode(200).header("Retry-After", equalTo("1")).extract().header("ETag");

        asAdmin(slug).header("If-None-Match", tag).get(location).then().statusCode(304);
        asAdmin(slug).get(location.replaceAll("[^/]*$", "unknown")).then().statusCode(404);
    }
}
