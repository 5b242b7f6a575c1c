package io.weekly.api;

import static io.weekly.api.Api.TENANTS;
import static io.weekly.api.Api.anonymous;
import static io.weekly.api.Api.asAdmin;
import static io.weekly.api.Api.asOperator;
import static io.weekly.api.Api.newRecipient;
import static io.weekly.api.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.weekly.api.http.Problem;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class HttpMannersTest {

    private static final String REPORTS = "/api/v1/reports";

    @TestHTTPResource("/")
    URI server;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/api/v1/tenants | GET, HEAD, OPTIONS, POST",
        "/api/v1/tenants/acme | DELETE, GET, HEAD, OPTIONS, PUT",
        "/api/v1/tenants/acme/metrics | OPTIONS, POST",
        "/api/v1/tenants/acme/recipients | GET, HEAD, OPTIONS, POST, PUT",
        "/api/v1/tenants/acme/recipients/a%20b%2Fc | DELETE, GET, HEAD, OPTIONS, PUT",
        "/api/v1/reports | GET, HEAD, OPTIONS, POST",
        "/api/v1/reports/x/files/pdf | GET, HEAD, OPTIONS"
    })
    void aResourceSaysWhatItCanDoToAnybody(String path, String allow) {
        anonymous().options(path).then().statusCode(204).header("Allow", allow);
        anonymous().patch(path).then()
                .statusCode(405).header("Allow", allow).contentType(Problem.MEDIA_TYPE).body("instance", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/tenants/", "/api/v1//tenants", "/api/v1/tenants;a=b", "/api/v1/tenants/;a=b"})
    void aResourceUnderAnotherSpellingSaysWhatItCanDo(String path) {
        Api.asOperatorWithoutDescription().delete(path).then()
                .statusCode(405).header("Allow", "GET, HEAD, OPTIONS, POST").contentType(Problem.MEDIA_TYPE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Content-Type | ; | 415", "Content-Type | nonsense | 415", "Accept | / | 400", "Accept | nonsense/ | 400"
    })
    void aHeaderThatIsNoMediaTypeIsTheClientsMistake(String header, String value, int status) throws Exception {
        var body = BodyPublishers.ofString("{}");
        var request = HttpRequest.newBuilder(server.resolve(TENANTS)).POST(body)
                .header("Authorization", "Bearer " + TestTokens.operator())
                .header(header, value);

        var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
    }

    @Test
    void whoWantsAnotherVersionThanThereIsIsTold() {
        var report = generatedReport();

        for (var path : List.of(REPORTS + "/" + report.id(), report.href())) {
            var tag = Api.as(report.token()).get(path).header("ETag");
            Api.as(report.token()).header("If-Match", "\"another\"").get(path).then().statusCode(412).contentType(Problem.MEDIA_TYPE);
            Api.as(report.token()).header("If-Match", tag).get(path).then().statusCode(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0", "HTTP/1.1"})
    void aRequestWithoutAHostIsTheClientsMistake(String version) throws IOException {
        var request = "GET /api/v1/reports %s\r\nConnection: close\r\n\r\n".formatted(version);

        var answers = new RawHttp(server, Duration.ofSeconds(20)).exchange(request.getBytes(StandardCharsets.US_ASCII));

        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.mediaType()).isEqualTo(Problem.MEDIA_TYPE);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "HEAD", "PATCH", "DELETE", "GET"})
    void whatIsNotThereSaysNothingOfWhatItCanDo(String method) {
        asOperator().request(method, "/api/v1/nonsense").then()
                .statusCode(404).contentType(Problem.MEDIA_TYPE).header("Allow", nullValue());
    }

    @Test
    void headSaysOfAStatusWhatGetSays() {
        var report = generatedReport();

        sameHead(report.token(), REPORTS + "/" + report.id());
        sameHead(report.token(), REPORTS);
        sameHead(report.token(), TENANTS);
        sameHead(report.token(), REPORTS + "/00000000000000000000000000000000");
        assertThat(call("HEAD", REPORTS, Map.of()).statusCode()).isEqualTo(401);
        var tag = call("GET", REPORTS + "/" + report.id(), token(report.token())).headers().firstValue("ETag").orElseThrow();
        Api.as(report.token()).header("If-None-Match", tag).head(REPORTS + "/" + report.id()).then()
                .statusCode(304).header("ETag", tag);
    }

    @Test
    void headSaysOfWorkUnderWayWhenToAskAgain() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        var url = asAdmin(slug).contentType(ContentType.JSON).body(Map.of("definition", "weekly-business", "recipient", "u-1"))
                .post(REPORTS).then().statusCode(202).extract().header("Location");

        // It may be done before it is asked for: what GET says at the same ETag is what counts.
        Awaitility.await().untilAsserted(() -> {
            var path = URI.create(url).getPath();
            var head = call("HEAD", path, token(TestTokens.tenantAdmin(slug, "admin")));
            var get = call("GET", path, token(TestTokens.tenantAdmin(slug, "admin")));
            assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
            assertThat(head.headers().firstValue("Retry-After")).isEqualTo(get.headers().firstValue("Retry-After"));
        });
    }

    @Test
    void headSaysOfAFileHowLongItIsAndSendsNothing() {
        var report = generatedReport();
        var path = report.href();

        var get = call("GET", path, token(report.token()));
        var head = sameHead(report.token(), path);
        assertThat(head.headers().firstValue("Content-Length")).contains(Integer.toString(get.body().length));
        var tag = get.headers().firstValue("ETag").orElseThrow();
        assertThat(call("HEAD", path, with(token(report.token()), "If-None-Match", tag)).statusCode()).isEqualTo(304);

        var part = call("HEAD", path, with(token(report.token()), "Range", "bytes=0-4"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEmpty();
        assertThat(part.headers().firstValue("Content-Length")).contains("5");
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 0-4/" + get.body().length);
    }

    @Test
    void textIsCompressedForWhoeverCanReadThat() {
        var token = token(TestTokens.operator());

        var packed = call("GET", TENANTS, with(token, "Accept-Encoding", "gzip"));
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.headers().allValues("Vary")).contains("Accept-Encoding");
        assertThat(packed.body()).startsWith(0x1f, 0x8b);
        var plain = call("GET", TENANTS, token);
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(plain.headers().allValues("Vary")).contains("Accept-Encoding");
        assertThat(plain.body()).startsWith('{');
        var problem = call("GET", TENANTS + "/no-such-tenant", with(token, "Accept-Encoding", "gzip"));
        assertThat(problem.statusCode()).isEqualTo(404);
        assertThat(problem.headers().firstValue("Content-Encoding")).contains("gzip");
        asOperator().header("Accept-Encoding", "gzip").get(TENANTS).then().statusCode(200).body("items", notNullValue());
    }

    @Test
    void whatIsKnownIsNotSentAgainHoweverItWasPacked() {
        var report = generatedReport();
        var path = REPORTS + "/" + report.id();
        var packing = with(token(report.token()), "Accept-Encoding", "gzip");

        var tag = call("GET", path, packing).headers().firstValue("ETag").orElseThrow();

        assertThat(call("GET", path, with(packing, "If-None-Match", tag)).statusCode()).isEqualTo(304);
        assertThat(call("GET", path, with(token(report.token()), "If-None-Match", tag)).statusCode()).isEqualTo(304);
    }

    @Test
    void filesAndTheirPartsAreNotCompressed() {
        var report = generatedReport();
        var packing = with(token(report.token()), "Accept-Encoding", "gzip");

        var whole = call("GET", report.href(), packing);
        assertThat(whole.headers().firstValue("Content-Encoding").orElse("identity")).isEqualTo("identity");
        assertThat(whole.headers().firstValue("Content-Length")).contains(Integer.toString(whole.body().length));
        assertThat(whole.body()).startsWith("%PDF".getBytes());
        var part = call("GET", report.href(), with(packing, "Range", "bytes=0-3"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("%PDF".getBytes());
    }

    @Test
    void aBrowserOfAnotherOriginIsToldNothingUnlessItIsConfigured() {
        anonymous().header("Origin", "https://app.example.com").header("Access-Control-Request-Method", "GET").options(REPORTS).then()
                .statusCode(204).header("Access-Control-Allow-Origin", nullValue());
        asOperator().header("Origin", "https://app.example.com").get(REPORTS).then()
                .statusCode(200).header("Access-Control-Allow-Origin", nullValue());
    }

    private record Generated(String id, String href, String token) {}

    private static Generated generatedReport() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        var id = asAdmin(slug).contentType(ContentType.JSON).body(Map.of("definition", "weekly-business", "recipient", "u-1"))
                .post(REPORTS).then().statusCode(202).extract().path("id").toString();
        var report = Awaitility.await().atMost(Duration.ofSeconds(60))
                .until(() -> asAdmin(slug).get(REPORTS + "/" + id), it -> it.path("done"));
        return new Generated(id, report.path("files[0].href"), TestTokens.operator());
    }

    private HttpResponse<byte[]> sameHead(String token, String path) {
        var get = call("GET", path, token(token));
        var head = call("HEAD", path, token(token));
        assertThat(head.statusCode()).isEqualTo(get.statusCode());
        assertThat(head.body()).isEmpty();
        for (var name : List.of("ETag", "Retry-After", "Content-Type", "Content-Disposition", "Accept-Ranges", "Cache-Control", "Vary")) {
            assertThat(head.headers().firstValue(name)).as(name).isEqualTo(get.headers().firstValue(name));
        }
        return head;
    }

    /** As bare as it comes: RestAssured asks for gzip, and unpacks it. */
    private HttpResponse<byte[]> call(String method, String path, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(server.resolve(path)).method(method, BodyPublishers.noBody());
        headers.forEach(request::header);
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> token(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return more;
    }
}
