package io.weekly.api.upload;

import static io.weekly.api.upload.UploadCalls.line;
import static io.weekly.api.upload.UploadCalls.putRecipients;
import static io.weekly.api.upload.UploadCalls.userIds;
import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asNdjson;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.weekly.api.http.Problem;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class UploadsEncodingTest {

    @TestHTTPResource("/")
    URI server;

    @Test
    void bytesThatAreNotUtf8AreRefusedWithTheirLine() {
        var slug = newTenant();
        var body = (line("u-1") + "\n" + line("u-é") + "\n" + line("u-3")).getBytes(StandardCharsets.ISO_8859_1);

        putRecipients(slug, body)
                .statusCode(200)
                .body("created", equalTo(2))
                .body("rejected", equalTo(List.of(Map.of("line", 2, "error", "is not UTF-8"))));
    }

    @Test
    void anUploadWithoutAMediaTypeIsRefused() throws Exception {
        var slug = newTenant();
        var request = HttpRequest.newBuilder(server.resolve(TENANTS + "/" + slug + "/recipients"))
                .header("Authorization", "Bearer " + TestTokens.tenantAdmin(slug, "admin"))
                .PUT(HttpRequest.BodyPublishers.ofString(line("u-1")));

        var answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains(Uploads.MEDIA_TYPE);
    }

    @Test
    void aByteOrderMarkIsNotPartOfTheFirstLine() {
        var slug = newTenant();

        putRecipients(slug, ("\ufeff" + line("u-1") + "\r\n" + line("u-2")).getBytes(StandardCharsets.UTF_8))
                .statusCode(200).body("created", equalTo(2)).body("rejected", equalTo(List.of()));
        putRecipients(slug, "\ufeff\r\n".getBytes(StandardCharsets.UTF_8)).statusCode(200).body("rejected", equalTo(List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
    void aBodyInAnotherUnicodeEncodingIsRefusedAndNotStored(String charset) throws Exception {
        var slug = newTenant();

        putRecipients(slug, (line("u-1") + "\n" + line("u-2")).getBytes(charset))
                .statusCode(415).contentType(Problem.MEDIA_TYPE).body("detail", containsString("UTF-16"));
        assertThat(userIds(slug)).isEmpty();
    }

    @Test
    void aBodyWithAnotherDeclaredEncodingIsRefused() throws Exception {
        var slug = newTenant();
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(line("u-1").getBytes(StandardCharsets.UTF_8));
        }

        for (var path : List.of("/recipients", "/metrics")) {
            var method = path.equals("/metrics") ? "POST" : "PUT";
            asNdjson(slug).header("Content-Encoding", "gzip").body(zipped.toByteArray())
                    .request(method, TENANTS + "/" + slug + path).then()
                    .statusCode(415).contentType(Problem.MEDIA_TYPE).header("Accept-Encoding", "identity");
            asNdjson(slug).header("Content-Type", Uploads.MEDIA_TYPE + ";charset=iso-8859-1").body(line("u-1").getBytes())
                    .request(method, TENANTS + "/" + slug + path).then()
                    .statusCode(415).contentType(Problem.MEDIA_TYPE);
        }
        asNdjson(slug).header("Content-Type", Uploads.MEDIA_TYPE + "; charset=\"UTF-8\"").header("Content-Encoding", "identity")
                .body(line("u-é").getBytes(StandardCharsets.UTF_8)).put(TENANTS + "/" + slug + "/recipients").then()
                .statusCode(200).body("created", equalTo(1));
    }

    @Test
    void anUploadOfAnotherMediaTypeIsRefused() {
        var slug = newTenant();

        for (var path : List.of("/metrics", "/recipients")) {
            asAdmin(slug).contentType(ContentType.JSON).body("{}")
                    .request(path.equals("/metrics") ? "POST" : "PUT", TENANTS + "/" + slug + path).then()
                    .statusCode(415).contentType(Problem.MEDIA_TYPE);
        }
    }
}
