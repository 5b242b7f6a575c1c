package io.weekly.api;

import static io.restassured.RestAssured.given;
import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.TestReports.done;
import static io.weekly.testing.TestReports.newTenantWithFigures;
import static io.weekly.testing.TestReports.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.weekly.access.ClientAddress;
import io.weekly.access.RequestLimits;
import io.weekly.access.link.LinkRows;
import io.weekly.testing.TestServers;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test sends its requests from an address of its own, uses up a limit in memory, and then sends one request. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class LinkLimitsTest {

    @TestHTTPResource("/")
    URI server;

    @Inject
    RequestLimits limits;

    @Inject
    LinkRows rows;

    private String path;

    @BeforeEach
    void aLinkToAReport() {
        var slug = newTenantWithFigures("u-1");
        var report = order(asViewer(slug, "u-1"), Map.of()).extract().<String>path("id");
        done(slug, "u-1", report);
        var url = asViewer(slug, "u-1").contentType(ContentType.JSON).body(Map.of("format", "pdf"))
                .post("/api/v1/reports/" + report + "/links").then().statusCode(201).extract().<String>path("url");
        path = url.replace(TestServers.PUBLIC_URL, "");
    }

    @Test
    void anAddressThatGuessesLinksIsToldWhenToComeBackAndStillOpensAGenuineLink() throws Exception {
        assertThat(get("127.0.0.11", path + "x").statusCode()).isEqualTo(404);

        while (limits.failure(new ClientAddress("127.0.0.11")).isEmpty()) {
            // Takes what is left.
        }

        var refused = get("127.0.0.11", path + "x");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValueSatisfying(wait -> assertThat(wait).matches("[1-9][0-9]*"));
        assertThat(refused.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(refused.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(refused.body()).contains("links from this address").doesNotContain(path);
        assertThat(get("127.0.0.11", path).statusCode()).isEqualTo(200);
        assertThat(get("127.0.0.12", path + "x").statusCode()).isEqualTo(404);
    }

    /** A refused token and a link that does not exist are both guesses. */
    @Test
    void refusedTokensAndUnknownLinksCountTogether() throws Exception {
        while (limits.failure(new ClientAddress("127.0.0.13")).isEmpty()) {
            // Takes what is left.
        }

        assertThat(get("127.0.0.13", path + "x").statusCode()).isEqualTo(429);
        assertThat(get("127.0.0.13", TENANTS, "Authorization", "Bearer x.y.z").statusCode()).isEqualTo(429);
    }

    @Test
    void aLinkThatHasExpiredIsNoGuess() throws Exception {
        while (limits.failure(new ClientAddress("127.0.0.14")).isEmpty()) {
            // Takes what is left.
        }

        assertThat(get("127.0.0.14", path).statusCode()).isEqualTo(200);
        rows.expire(path.split("\\.")[2]);
        assertThat(get("127.0.0.14", path).statusCode()).isEqualTo(410);
    }

    /** Each use is written to the database, so a link in a loop must not become a flood of writes. */
    @Test
    void aLinkThatIsOpenedTooOftenIsToldWhenToComeBack() {
        // One more request a second is allowed.
        var answer = await().until(() -> {
            while (limits.request(path.substring("/d/".length())).isEmpty()) {
                // Takes what is left.
            }
            return given().get(path);
        }, it -> it.statusCode() == 429);

        answer.then().header("Retry-After", "1").header("Cache-Control", "no-store");
        assertThat(answer.asString()).contains("This link").doesNotContain(path);
    }

    private HttpResponse<String> get(String from, String path, String... headers) throws Exception {
        try (var client = HttpClient.newBuilder().localAddress(InetAddress.getByName(from)).build()) {
            var request = HttpRequest.newBuilder(server.resolve(path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
