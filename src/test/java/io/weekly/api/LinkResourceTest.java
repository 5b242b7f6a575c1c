package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.TestReports.done;
import static io.weekly.testing.TestReports.newTenantWithFigures;
import static io.weekly.testing.TestReports.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.weekly.testing.LogLines;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class LinkResourceTest {

    private static final String TOKEN = "1\\.test\\.[0-9a-f]{32}\\.[A-Za-z0-9_-]{43}";

    @Inject World world;

    private String slug;
    private String links;
    private String report;
    private Instant fileExpiresAt;

    @BeforeEach
    void aReport() {
        slug = newTenantWithFigures("u-1", "u-2");
        report = order(asViewer(slug, "u-1"), Map.of()).extract().path("id");
        fileExpiresAt = Instant.parse(done(slug, "u-1", report).path("files[0].expiresAt"));
        links = "/api/v1/reports/" + report + "/links";
    }

    @Test
    void aLinkHasAnAddressUnderThePublicUrlAndAnExpiry() {
        var made = make(asViewer(slug, "u-1"), Map.of("format", "pdf", "ttlSeconds", 3600)).statusCode(201)
                .body("url", matchesPattern(TestServers.PUBLIC_URL + "/d/" + TOKEN)).extract();

        assertThat(Instant.parse(made.path("expiresAt"))).isCloseTo(Instant.now().plusSeconds(3600), within(60, ChronoUnit.SECONDS));
        assertThat(made.header("Location")).endsWith(links + "/" + made.path("id"));
        asViewer(slug, "u-1").get(links + "/" + made.path("id")).then().statusCode(200)
                .body("createdBy", equalTo("user:u-1")).body("revokedAt", nullValue()).body("lastUsedAt", nullValue());
        assertThat(world.events(report)).contains("link.created");
    }

    @Test
    void aLinkLivesAsLongAsTheTenantAllowsAndNotLongerThanItsFile() {
        assertThat(expiry(make(asAdmin(slug), Map.of("format", "pdf")))).isCloseTo(days(30), within(60, ChronoUnit.SECONDS));
        make(asAdmin(slug), Map.of("format", "pdf", "ttlSeconds", 31 * 86_400)).statusCode(422)
                .body("errors[0].field", equalTo("ttlSeconds"));

        world.sql("UPDATE tenant SET link_ttl_days = 7 WHERE slug = ?", slug);
        assertThat(expiry(make(asAdmin(slug), Map.of("format", "pdf")))).isCloseTo(days(7), within(60, ChronoUnit.SECONDS));
        make(asAdmin(slug), Map.of("format", "pdf", "ttlSeconds", 8 * 86_400)).statusCode(422);

        world.sql("UPDATE tenant SET link_ttl_days = 3650 WHERE slug = ?", slug);
        assertThat(expiry(make(asAdmin(slug), Map.of("format", "pdf")))).isCloseTo(fileExpiresAt, within(1, ChronoUnit.SECONDS));
    }

    @Test
    void wrongOrdersAreRefused() {
        make(asViewer(slug, "u-1"), Map.of()).statusCode(422).body("errors[0].field", equalTo("format"));
        make(asViewer(slug, "u-1"), Map.of("format", "doc")).statusCode(422);
        make(asViewer(slug, "u-1"), Map.of("format", "xlsx")).statusCode(422)
                .body("errors[0].message", equalTo("is no file of this report"));
        make(asViewer(slug, "u-1"), Map.of("format", "pdf", "ttlSeconds", 0)).statusCode(422);
        world.sql("UPDATE file SET expires_at = NOW(6) - INTERVAL 1 SECOND WHERE report_id = UNHEX(?)", report);
        make(asViewer(slug, "u-1"), Map.of("format", "pdf")).statusCode(410);
        world.sql("UPDATE file SET expires_at = NOW(6) + INTERVAL 1 DAY WHERE report_id = UNHEX(?)", report);
        asAdmin(slug).delete(TENANTS + "/" + slug + "/recipients/u-1").then().statusCode(204);
        make(asAdmin(slug), Map.of("format", "pdf")).statusCode(409);
    }

    @Test
    void linksOfOthersDoNotExist() {
        var id = make(asViewer(slug, "u-1"), Map.of("format", "pdf")).statusCode(201).extract().path("id");
        var elsewhere = newTenant();
        newRecipient(elsewhere, "u-1");

        for (var token : new String[] {
            TestTokens.viewer(slug, "u-2"), TestTokens.tenantAdmin(elsewhere, "admin"), TestTokens.viewer(elsewhere, "u-1")}) {
            make(as(token), Map.of("format", "pdf")).statusCode(404);
            as(token).get(links).then().statusCode(404);
            as(token).get(links + "/" + id).then().statusCode(404);
            as(token).delete(links + "/" + id).then().statusCode(404);
        }
        make(as(TestTokens.auditor()), Map.of("format", "pdf")).statusCode(403);
        as(TestTokens.auditor()).get(links).then().statusCode(200).body("items", hasSize(1));
        var another = order(asViewer(slug, "u-1"), Map.of()).extract().path("id");
        asViewer(slug, "u-1").delete("/api/v1/reports/" + another + "/links/" + id).then().statusCode(404);
        assertThat(world.count("SELECT COUNT(*) FROM link WHERE id = UNHEX(?) AND revoked_at IS NULL", id)).isEqualTo(1);
    }

    @Test
    void aLinkIsRevokedOnce() {
        var id = make(asOperator(), Map.of("format", "pdf")).statusCode(201).extract().path("id");

        asViewer(slug, "u-1").delete(links + "/" + id).then().statusCode(204);
        asViewer(slug, "u-1").delete(links + "/" + id).then().statusCode(204);
        asViewer(slug, "u-1").delete(links + "/nothing").then().statusCode(404);

        asViewer(slug, "u-1").get(links).then().body("items[0].revokedAt", notNullValue());
        assertThat(world.events(report)).containsOnlyOnce("link.revoked");
    }

    @Test
    void aRepeatedRequestGetsTheSameLinkAndTheDatabaseHasNoToken() {
        var key = UUID.randomUUID().toString();
        var first = make(asViewer(slug, "u-1").header("Idempotency-Key", key), Map.of("format", "pdf")).statusCode(201);
        var again = make(asViewer(slug, "u-1").header("Idempotency-Key", key), Map.of("format", "pdf")).statusCode(201)
                .header("Idempotency-Replayed", "true");
        String url = first.extract().path("url");

        again.body("url", equalTo(url));
        make(asViewer(slug, "u-1"), Map.of("format", "pdf")).statusCode(201).body("url", not(equalTo(url)));
        var mac = url.substring(url.lastIndexOf('.') + 1);
        assertThat(world.rows("SELECT * FROM idempotency_key")).isNotEmpty().noneMatch(row -> row.deepToString().contains(mac));
    }

    /** The stored answer is only a note of which link it was. It opens nothing that its caller could not open before. */
    @Test
    void aRepeatedRequestGetsNoAddressIfTheStoredAnswerWasChangedOrItsKeyIsMissing() {
        var key = UUID.randomUUID().toString();
        var mine = make(asViewer(slug, "u-1").header("Idempotency-Key", key), Map.of("format", "pdf")).extract();
        var another = order(asViewer(slug, "u-2"), Map.of()).extract().<String>path("id");
        done(slug, "u-2", another);
        var foreign = asViewer(slug, "u-2").contentType(ContentType.JSON).body(Map.of("format", "pdf"))
                .post("/api/v1/reports/" + another + "/links").then().statusCode(201).extract().<String>path("id");

        for (var change : Map.of(mine.<String>path("id"), foreign, report, another).entrySet()) {
            world.sql("UPDATE idempotency_key SET body = REPLACE(body, ?, ?)", change.getKey(), change.getValue());
            make(asViewer(slug, "u-1").header("Idempotency-Key", key), Map.of("format", "pdf")).statusCode(500).body("url", nullValue());
            world.sql("UPDATE idempotency_key SET body = REPLACE(body, ?, ?)", change.getValue(), change.getKey());
        }
        try (var log = new LogLines()) {
            world.sql("UPDATE idempotency_key SET body = REPLACE(body, '\"test\"', '\"gone\"')");
            make(asViewer(slug, "u-1").header("Idempotency-Key", key), Map.of("format", "pdf")).statusCode(503)
                    .header("Retry-After", equalTo("60")).body("detail", startsWith("A key that this needs is not configured"));

            assertThat(log.texts()).anyMatch(line -> line.contains("weekly.keys.gone, which is not configured"));
        }
        world.sql("UPDATE idempotency_key SET body = REPLACE(body, '\"gone\"', '\"test\"')");
        make(asViewer(slug, "u-1").header("Idempotency-Key", key), Map.of("format", "pdf")).statusCode(201);
    }

    private ValidatableResponse make(RequestSpecification caller, Map<String, ?> body) {
        return caller.contentType(ContentType.JSON).body(body).post(links).then();
    }

    private static Instant expiry(ValidatableResponse made) {
        return Instant.parse(made.statusCode(201).extract().path("expiresAt"));
    }

    private static Instant days(int days) {
        return Instant.now().plus(days, ChronoUnit.DAYS);
    }
}
