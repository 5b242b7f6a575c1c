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
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.weekly.access.link.LinkRows;
import io.weekly.api.http.Problem;
import io.weekly.testing.LogLines;
import io.weekly.testing.RawHttp;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link from outside: without a token of the platform. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class LinkedFileResourceTest {

    @TestHTTPResource("/")
    URI server;

    @Inject World world;
    @Inject LinkRows rows;

    @ConfigProperty(name = "quarkus.http.access-log.exclude-pattern")
    String notInAccessLog;

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
        asAdmin(slug).get("/api/v1/reports/" + report + "/events").then()
                .body("items.find { it.action == 'link.opened' }.client", equalTo("127.0.0.1"));
        assertThat(world.one("SELECT last_used_at FROM link WHERE id = UNHEX(?)", linkId).getLocalDateTime(0)).isNotNull();
    }

    @Test
    void expiredAndRevokedLinksAreGoneAndAllOthersDoNotExist() {
        rows.expire(linkId);
        gone();
        rows.expireAt(linkId, Instant.now().plusSeconds(3600));
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

    /** Whoever can write to the database must not get the file of somebody else by a link of their own. */
    @Test
    void aLinkWhoseRowWasChangedInTheDatabaseOpensNothingAndIsReportedOnce() {
        var other = newTenantWithFigures("u-1");
        var foreign = order(asViewer(other, "u-1"), Map.of()).extract().<String>path("id");
        done(other, "u-1", foreign);
        asViewer(slug, "u-1").delete("/api/v1/reports/" + report + "/links/" + linkId).then().statusCode(204);
        var changes = List.of(
                "report_id = UNHEX('" + foreign + "'), tenant_id = (SELECT id FROM tenant WHERE slug = '" + other + "')",
                "report_id = UNHEX('" + report + "'), tenant_id = (SELECT id FROM tenant WHERE slug = '" + slug + "')",
                "format = 'xlsx'", "format = 'pdf'",
                "expires_at = expires_at + INTERVAL 1 MICROSECOND", "expires_at = expires_at - INTERVAL 1 MICROSECOND");

        try (var log = new LogLines()) {
            for (var i = 0; i < changes.size(); i += 2) {
                world.sql("UPDATE link SET revoked_at = NULL, " + changes.get(i) + " WHERE id = UNHEX(?)", linkId);
                unknown(path);
                world.sql("UPDATE link SET " + changes.get(i + 1) + " WHERE id = UNHEX(?)", linkId);
            }
            world.sql("UPDATE link SET mac = UNHEX(REPEAT('00', 32)) WHERE id = UNHEX(?)", linkId);
            unknown(path);

            assertThat(log.texts()).filteredOn(line -> line.contains("the row of link " + linkId)).singleElement().asString()
                    .doesNotContain(path.substring("/d/".length()));
        }
        assertThat(world.events(foreign)).doesNotContain("link.opened");
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
            given().get(path + "?utm_source=mail").then().statusCode(200);
            world.sql("UPDATE file SET path = '../outside' WHERE report_id = UNHEX(?)", report);
            open().statusCode(500);

            assertThat(log.texts()).anyMatch(line -> line.contains("a request for /d/ failed")).noneMatch(line -> line.contains(token));
        }
        assertThat(world.rows("SELECT actor, subject, detail FROM audit_event WHERE subject = ?", report))
                .noneMatch(row -> row.deepToString().contains(token));
    }

    private static final List<String> SPELLINGS = List.of(
        "/d/%s", "//d/%s", "/x/../d/%s", "/%%64/%s", "/./d/%s", "/d/%s/", "/d//%s", "/d%%2F%s", "/D/%s", "/api/v1/d/%s",
        "/%%2564/%s", "/d/x/%s", "/q/../d/%s", "/api/v1/reports/%s", "http://h/d/%s", "/d/..;/d/%s", "/%%64/%s;z");

    @Test
    void noErrorRepeatsATokenHoweverItsPathIsWritten() throws IOException {
        var token = path.substring("/d/".length());
        var mac = token.substring(token.lastIndexOf('.') + 1);
        rows.expire(linkId);
        try (var log = new LogLines()) {
            for (var form : SPELLINGS) {
                for (var line : new String[] {"POST " + form, "GET " + form, "GET " + form + "?x=1"}) {
                    for (var written : new String[] {token, token.replace(".", "%2E"), token.replace("1.test", "%31%2e%2574est")}) {
                        assertRefusedWithout(mac, line.formatted(written));
                    }
                }
            }
            assertThat(log.texts()).noneMatch(line -> line.contains(mac));
        }
    }

    private void assertRefusedWithout(String mac, String line) throws IOException {
        var request = line + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        var answer = new RawHttp(server, Duration.ofSeconds(20)).exchange(request.getBytes(StandardCharsets.US_ASCII)).getFirst();
        assertThat(answer.status()).as(line).isBetween(400, 499);
        assertThat(answer.text() + answer.headers()).as(line).doesNotContainIgnoringCase(mac);
        assertThat(answer.header("Cache-Control")).as(line).contains("no-store");
    }

    /** The access log of Quarkus matches its pattern with the normalized path. */
    @Test
    void theAccessLogLeavesOutTokens() {
        for (var form : new String[] {"/d/%s", "/d%%2F%s", "/D/%s", "/api/v1/d/%s", "/x%s", "/%%2564/%s"}) {
            assertThat(form.formatted(path.substring("/d/".length()))).matches(notInAccessLog);
        }
        assertThat("/api/v1/reports/" + report + "/files/pdf").doesNotMatch(notInAccessLog);
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
