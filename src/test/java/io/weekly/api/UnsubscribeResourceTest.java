package io.weekly.api;

import static io.restassured.RestAssured.given;
import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.anonymous;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asViewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.weekly.api.http.Problem;
import io.weekly.testing.MailParts;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address in the mail of a report: what mail programs send to it, and what people do on its page. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class UnsubscribeResourceTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @TestHTTPResource("/")
    URI server;

    @Inject
    World world;

    private MailedReport mailed;
    private String slug;
    private String user;
    private String path;

    @BeforeEach
    void theMailOfAReport() throws Exception {
        mailed = MailedReport.make(world);
        slug = mailed.slug();
        user = mailed.user();
        path = mailed.path();
    }

    @Test
    void theMailNamesTheAddressInItsHeadersAndInBothParts() throws Exception {
        assertThat(mailed.header("List-Unsubscribe"))
                .matches("<" + TestServers.PUBLIC_URL + "/unsubscribe/1\\.test\\.[0-9a-f]{40}\\.[\\w-]{43}>");
        assertThat(mailed.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        var parts = MailParts.parts(mailed.mail());
        for (var type : List.of("text/html", "text/plain")) {
            assertThat(MailParts.only(parts, type).getContent().toString()).contains(TestServers.PUBLIC_URL + path)
                    .doesNotContain("link.invalid");
        }
    }

    @Test
    void readingThePageChangesNothing() {
        for (var time = 0; time < 2; time++) {
            given().header("Accept", BROWSER).get(path).then().statusCode(200)
                    .contentType("text/html;charset=UTF-8")
                    .header("Cache-Control", "no-store").header("Referrer-Policy", "no-referrer").header("X-Robots-Tag", "noindex")
                    .header("Content-Language", "de-DE")
                    .header("Content-Security-Policy", containsString("style-src 'sha256-"))
                    .header("Content-Security-Policy", not(containsString("unsafe")))
                    .body(containsString("Wochenbericht")).body(containsString("Acme")).body(containsString("#1a2b3c"))
                    .body(containsString("value=\"stop-report\"")).body(not(containsString(user)));
            given().head(path).then().statusCode(200);
            given().options(path).then().statusCode(204);
            given().header("Accept", BROWSER).get(path + "?action=stop-all&utm_source=mail").then().statusCode(200);
        }

        assertThat(mailed.preferences()).isEqualTo("{\"unsubscribed\":[]}");
        assertThat(events()).isZero();
    }

    @Test
    void oneClickAsAnEncodedFormUnsubscribesFromThisReportAndCanBeRepeated() {
        for (var time = 0; time < 2; time++) {
            anonymous().contentType("application/x-www-form-urlencoded").body("List-Unsubscribe=One-Click").post(path).then()
                    .statusCode(200);
        }

        assertThat(mailed.preferences()).isEqualTo("{\"unsubscribed\":[\"weekly-business\"]}");
        var next = world.ended(MailedReport.run(slug, "2026-W41"), 1).getFirst();
        assertThat(next.status().text()).isEqualTo("suppressed");
        assertThat(TestMail.to(user + "@acme.test")).hasSize(1);
        asAdmin(slug).get("/api/v1/audit?action=preferences.changed").then().body("items.actor", equalTo(
                List.of("unsubscribe:" + reportId())));
    }

    @Test
    void oneClickAsAMultipartFormUnsubscribesFromThisReport() throws Exception {
        var form = "--b1\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b1--\r\n";
        var request = HttpRequest.newBuilder(server.resolve(path)).header("Content-Type", "multipart/form-data; boundary=b1")
                .POST(BodyPublishers.ofString(form)).build();

        try (var client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }

        assertThat(mailed.preferences()).isEqualTo("{\"unsubscribed\":[\"weekly-business\"]}");
    }

    @Test
    void eachChoiceOfThePageHasAWayBack() {
        choose("stop-report").body(containsString("value=\"resume-report\""));
        assertThat(mailed.preferences()).contains("weekly-business");
        choose("resume-report").body(containsString("value=\"stop-report\""));
        assertThat(mailed.preferences()).isEqualTo("{\"unsubscribed\":[]}");

        choose("stop-all").body(containsString("value=\"resume-all\"")).body(not(containsString("stop-report")));
        assertThat(mailed.preferences()).isEqualTo("{\"unsubscribed\":[],\"unsubscribedFromAll\":true}");
        assertThat(world.ended(MailedReport.run(slug, "2026-W42"), 1).getFirst().status().text()).isEqualTo("suppressed");
        choose("resume-all").body(containsString("value=\"stop-all\""));
        assertThat(mailed.preferences()).isEqualTo("{\"unsubscribed\":[]}");

        choose("pause").body(containsString("value=\"end-pause\""));
        var until = Instant.parse(asViewer(slug, user).get(MailedReport.PREFERENCES).path("pausedUntil"));
        assertThat(until).isBetween(Instant.now().plus(Duration.ofDays(27)), Instant.now().plus(Duration.ofDays(29)));
        choose("end-pause").body(containsString("value=\"pause\""));
        assertThat(mailed.preferences()).isEqualTo("{\"unsubscribed\":[]}");
    }

    @Test
    void aClientThatDoesNotKnowTheFieldSubscribesNobodyAgain() {
        choose("stop-all");

        asViewer(slug, user).contentType(ContentType.JSON).body(Map.of("locale", "fr"))
                .put(MailedReport.PREFERENCES).then().statusCode(200)
                .body("unsubscribedFromAll", equalTo(true));
        asViewer(slug, user).contentType(ContentType.JSON).body(Map.of("unsubscribedFromAll", false))
                .put(MailedReport.PREFERENCES).then().statusCode(200);

        assertThat(mailed.preferences()).isEqualTo("{\"unsubscribed\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "action=", "action=delete-all", "List-Unsubscribe=Yes", "%%%", "One-Click"})
    void aFormWithoutAChoiceChangesNothing(String form) {
        given().contentType("application/x-www-form-urlencoded").body(form).post(path).then().statusCode(400)
                .contentType(Problem.MEDIA_TYPE);
        given().contentType("application/x-www-form-urlencoded").header("Accept", BROWSER).body(form).post(path).then().statusCode(400)
                .contentType("text/html;charset=UTF-8");

        assertThat(mailed.preferences()).isEqualTo("{\"unsubscribed\":[]}");
    }

    @Test
    void aLargeBodyIsRefused() {
        given().contentType("application/x-www-form-urlencoded").body("a=" + "x".repeat(20_000)).post(path).then().statusCode(413);
    }

    @Test
    void aSampleNamesNoAddress() throws Exception {
        var boss = user + "-boss@acme.test";
        asAdmin(slug).contentType(ContentType.JSON).body(Map.of("userId", "admin", "name", "Boss", "email", boss))
                .post(TENANTS + "/" + slug + "/recipients").then().statusCode(201);
        var sampleId = asAdmin(slug).contentType(ContentType.JSON).body(Map.of("recipient", user))
                .post("/api/v1/definitions/weekly-business/test-send").then().statusCode(202).extract().path("id").toString();
        world.ended(sampleId);
        var sample = TestMail.messagesTo(boss).getFirst();

        assertThat(sample.getHeader("List-Unsubscribe")).isNull();
        assertThat(MailParts.only(MailParts.parts(sample), "text/html").getContent().toString()).doesNotContain("/unsubscribe");
    }

    private ValidatableResponse choose(String action) {
        return given().contentType("application/x-www-form-urlencoded").header("Accept", BROWSER).body("action=" + action).post(path)
                .then().statusCode(200).contentType("text/html;charset=UTF-8");
    }

    private int events() {
        return world.count("SELECT COUNT(*) FROM audit_event WHERE action = 'preferences.changed' AND tenant_id ="
                + " (SELECT id FROM tenant WHERE slug = ?)", slug);
    }

    private String reportId() {
        return path.replaceAll(".*\\.[0-9a-f]{8}([0-9a-f]{32})\\..*", "$1");
    }
}
