package io.weekly.api.http;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.anonymous;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newSlug;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import io.weekly.tenant.logo.Images;
import io.weekly.testing.HandDriven;
import io.weekly.testing.RawHttp;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every response of the API says what browsers and caches must not do with it. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class SecurityHeadersTest {

    private static final byte[] PNG = Images.png(40, 20);

    @TestHTTPResource("/")
    URI server;

    @Test
    void aListIsNotStoredAndMayLoadNothing() {
        var answer = asOperator().get(TENANTS);

        answer.then().statusCode(200).header("Cache-Control", equalTo("no-store"));
        assertProtected(answer);
    }

    @Test
    void problemsOfResourcesAndFiltersHaveTheHeadersToo() {
        var refused = new Response[] {
            anonymous().get(TENANTS), asOperator().get(TENANTS + "/no-such-tenant"), asOperator().get(TENANTS + "?tpyo=1"),
            asOperator().patch(TENANTS), asOperator().get("/api/v1/nothing"),
        };

        assertThat(refused).extracting(Response::statusCode).containsExactly(401, 404, 400, 405, 404);
        for (var problem : refused) {
            problem.then().header("Cache-Control", equalTo("no-store"));
            assertProtected(problem);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "GET %s HTTP/1.0", "HEAD %s HTTP/1.1", "OPTIONS %s HTTP/1.1", "TRACE %s HTTP/1.1", "GET http://localhost%s HTTP/1.1",
        "GET /%s HTTP/1.1", "GET /nothing%s HTTP/1.1", "GET /q/..%s HTTP/1.1", "GET /q/%%2e%%2E%s HTTP/1.1",
        "GET /q/./x/../..%s HTTP/1.1", "GET //q/../%s HTTP/1.1", "GET /dev/..%s HTTP/1.1",
        "GET /d/x%s HTTP/1.1",
    })
    void requestsOfEveryFormHaveTheHeadersToo(String line) throws IOException {
        var request = line.formatted(TENANTS) + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        var answers = new RawHttp(server, Duration.ofSeconds(20)).exchange(request.getBytes(StandardCharsets.US_ASCII));

        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.status()).isBetween(200, 499);
            assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'; frame-ancestors 'none'");
            assertThat(answer.header("Cache-Control")).contains("no-store");
        });
    }

    @Test
    void whatHasAnETagMayBeKeptByTheBrowserThatAsksFirst() {
        var logo = TENANTS + "/" + newTenant() + "/logo";
        asOperator().contentType("image/png").body(PNG).put(logo).then().statusCode(201).header("Cache-Control", equalTo("no-store"));

        var tag = asOperator().get(logo).then().statusCode(200).header("Cache-Control", equalTo("private, no-cache"))
                .extract().header("ETag");

        asOperator().head(logo).then().statusCode(200).header("Cache-Control", equalTo("private, no-cache"));
        asOperator().header("If-None-Match", tag).get(logo).then().statusCode(304).header("Cache-Control", equalTo("private, no-cache"));
    }

    @Test
    void aForgedHostDoesNotReachTheLocation() throws IOException {
        for (var path : new String[] {TENANTS, "/" + TENANTS, "http://evil.example.com" + TENANTS}) {
            var slug = newSlug();
            var body = new JsonObject(tenant(slug)).encode();

            var answers = new RawHttp(server, Duration.ofSeconds(20)).exchange(("POST " + path + """
                 HTTP/1.1\r
                Host: evil.example.com\r
                X-Forwarded-Host: evil.example.com\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                Connection: close\r
                \r
                %s""").formatted(TestTokens.operator(), body.length(), body).getBytes(StandardCharsets.UTF_8));

            var answer = answers.getFirst();
            assertThat(answer.headers()).as(path).noneMatch(header -> header.contains("evil"));
            // The router may refuse the other two forms of the path.
            assertThat(answer.header("Location").orElse(path.equals(TENANTS) ? "none" : TENANTS + "/" + slug)).as(path)
                    .isEqualTo(TENANTS + "/" + slug);
        }
    }

    @Test
    void aRepeatedAnswerHasThePathToo() {
        var slug = newSlug();

        for (var i = 0; i < 2; i++) {
            asOperator().header("Idempotency-Key", slug).contentType(ContentType.JSON).body(tenant(slug)).post(TENANTS).then()
                    .statusCode(201).header("Location", equalTo(TENANTS + "/" + slug));
        }
    }

    @Test
    void swaggerUiMayLoadItsScripts() {
        for (var page : new String[] {"/q/swagger-ui/", "/q/swagger-ui/swagger-ui-bundle.js", "/q/openapi"}) {
            anonymous().get(page).then().statusCode(200)
                    .header("Content-Security-Policy", nullValue())
                    .header("X-Content-Type-Options", equalTo("nosniff"));
        }
    }

    private static void assertProtected(Response answer) {
        answer.then()
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Content-Security-Policy", equalTo("default-src 'none'; frame-ancestors 'none'"))
                .header("Strict-Transport-Security", equalTo("max-age=31536000"));
    }
}
