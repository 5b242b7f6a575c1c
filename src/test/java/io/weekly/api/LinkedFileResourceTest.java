package io.weekly.api;

import static io.restassured.RestAssured.given;
import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.TestReports.done;
import static io.weekly.testing.TestReports.newTenantWithFigures;
import static io.weekly.testing.TestReports.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.weekly.api.http.Problem;
import io.weekly.testing.LogLines;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link from outside: without a token of the platform. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class LinkedFileResourceTest {

    @Inject World world;

    private String slug;
    private String report;
    private int bytes;
    private String linkId;
    private String path;

    @BeforeEach
    void aLinkToAReport() {
        slug = newTenantWithFigures("u-1");
        report = order(asViewer(slug, "u-1"), Map.of()).extract().path("id");
        bytes = done(slug, "u-1", report).path("files[0].bytes");
        var link = asViewer(slug, "u-1").contentType(ContentType.JSON).body(Map.of("format", "pdf"))
                .post("/api/v1/reports/" + report + "/links").then().statusCode(201).extract();
        linkId = link.path("id");
        path = link.<String>path("url").replace(TestServers.PUBLIC_URL, "");
    }

    @Test
    void aLinkOpensItsFileAnyNumberOfTimes() {
        for (var time = 0; time < 3; time++) {
            var file = open().statusCode(200).contentType("application/pdf").header("Cache-Control", "no-store")
                    .header("Referrer-Policy", "no-referrer").header("Content-Disposition", containsString("attachment"))
                    .extract().asByteArray();
            assertThat(file).hasSize(bytes).startsWith("%PDF".getBytes());
        }
        given().header("Range", "bytes=0-3").get(path).then().statusCode(206).body(equalTo("%PDF"));
        given().head(path).then().statusCode(200).header("Content-Length", Integer.toString(bytes));

        assertThat(world.events(report)).filteredOn("link.opened"::equals).hasSize(5);
        asViewer(slug, "u-1").get("/api/v1/reports/" + report + "/events").then()
                .body("items.find { it.action == 'link.opened' }.actor", equalTo("link:" + linkId));
        assertThat(world.one("SELECT last_used_at FROM link WHERE id = UNHEX(?)", linkId).getLocalDateTime(0)).isNotNull();
    }

    @Test
    void expiredAndRevokedLinksAreGoneAndAllOthersDoNotExist() {
        world.sql("UPDATE link SET expires_at = NOW(6) - INTERVAL 1 SECOND WHERE id = UNHEX(?)", linkId);
        gone();
        world.sql("UPDATE link SET expires_at = NOW(6) + INTERVAL 1 DAY WHERE id = UNHEX(?)", linkId);
        open().statusCode(200);
        asViewer(slug, "u-1").delete("/api/v1/reports/" + report + "/links/" + linkId).then().statusCode(204);
        gone();

        unknown(path.substring(0, path.length() - 1) + (path.endsWith("A") ? "E" : "A"));
        unknown("/d/x");
        unknown(path.replace(linkId, "0".repeat(32)));
        unknown(path + "x");
        world.sql("UPDATE link SET key_id = 'older' WHERE id = UNHEX(?)", linkId);
        gone();
        world.sql("DELETE FROM link WHERE id = UNHEX(?)", linkId);
        gone();
    }

    @Test
    void alteredTokensOpenNothing() {
        var random = new Random(14);
        for (var i = 0; i < 200; i++) {
            var altered = new StringBuilder(path);
            var at = 3 + random.nextInt(path.length() - 3);
            altered.setCharAt(at, altered.charAt(at) == 'x' ? 'y' : 'x');
            given().get(altered.toString()).then().statusCode(404);
        }

        assertThat(world.events(report)).doesNotContain("link.opened");
    }

    @Test
    void aLinkStopsWorkingWithItsFileItsRecipientAndItsTenant() {
        world.sql("UPDATE file SET expires_at = NOW(6) - INTERVAL 1 SECOND WHERE report_id = UNHEX(?)", report);
        gone();
        world.sql("UPDATE file SET expires_at = NOW(6) + INTERVAL 1 DAY WHERE report_id = UNHEX(?)", report);
        open().statusCode(200);

        world.sql("UPDATE recipient SET active = FALSE WHERE email = ? AND tenant_id = (SELECT id FROM tenant WHERE slug = ?)",
                "u-1@acme.test", slug);
        gone();
        world.sql("UPDATE recipient SET active = TRUE WHERE email = ? AND tenant_id = (SELECT id FROM tenant WHERE slug = ?)",
                "u-1@acme.test", slug);
        open().statusCode(200);

        asOperator().delete(TENANTS + "/" + slug).then().statusCode(204);
        gone();
    }

    /** Whoever gets the user id of a deleted person does not get the links of that person back to life. */
    @Test
    void theLinksOfADeletedRecipientStayDead() {
        asAdmin(slug).delete(TENANTS + "/" + slug + "/recipients/u-1").then().statusCode(204);
        gone();

        newRecipient(slug, "u-1");
        gone();
    }

    @Test
    void theLogHasNoToken() {
        var token = path.substring("/d/".length());
        try (var log = new LogLines()) {
            open().statusCode(200);
            unknown(path + "x");
            given().header("Accept", ";").get(path).then().statusCode(400);
            given().post(path).then().statusCode(405);
            given().get(path + "?a=b").then().statusCode(400);
            world.sql("UPDATE file SET path = '../outside' WHERE report_id = UNHEX(?)", report);
            open().statusCode(500);

            assertThat(log.texts()).anyMatch(line -> line.contains("a request for /d/ failed")).noneMatch(line -> line.contains(token));
        }
        assertThat(world.rows("SELECT actor, subject, detail FROM audit_event WHERE subject = ?", report))
                .noneMatch(row -> row.deepToString().contains(token));
    }

    private ValidatableResponse open() {
        return given().get(path).then();
    }

    private void gone() {
        answer(open().statusCode(410));
    }

    private static void unknown(String path) {
        answer(given().get(path).then().statusCode(404));
    }

    private static void answer(ValidatableResponse answer) {
        answer.contentType(Problem.MEDIA_TYPE).header("Cache-Control", "no-store").header("Referrer-Policy", "no-referrer")
                .body("instance", equalTo("/d/"));
    }
}
