package io.weekly.api.http;

import static io.weekly.testing.Api.TENANTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.RawHttp;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class UnreadableHeadTest {

    @TestHTTPResource("/")
    URI server;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Content-Type | ; | 415", "Content-Type | nonsense | 415", "Accept | / | 400", "Accept | nonsense/ | 400"
    })
    void aMalformedMediaTypeIsAClientError(String header, String value, int status) throws Exception {
        var body = BodyPublishers.ofString("{}");
        var request = HttpRequest.newBuilder(server.resolve(TENANTS)).POST(body)
                .header("Authorization", "Bearer " + TestTokens.operator())
                .header(header, value);

        var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0", "HTTP/1.1"})
    void aRequestWithoutAHostIsAClientError(String version) throws IOException {
        var request = "GET /api/v1/reports %s\r\nConnection: close\r\n\r\n".formatted(version);

        var answers = new RawHttp(server, Duration.ofSeconds(20)).exchange(request.getBytes(StandardCharsets.US_ASCII));

        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.mediaType()).isEqualTo(Problem.MEDIA_TYPE);
            assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.header("Cache-Control")).contains("no-store");
        });
    }

    @Test
    void aRequestWithTwoHostsIsAClientError() throws IOException {
        var request = "GET /api/v1/reports HTTP/1.1\r\nHost: localhost\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n";

        var answers = new RawHttp(server, Duration.ofSeconds(20)).exchange(request.getBytes(StandardCharsets.US_ASCII));

        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).doesNotContain("evil");
            assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        });
    }
}
