package io.weekly.api.http;

import static io.weekly.api.http.ProblemsTest.problem;
import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class BodyLimitsTest {

    @TestHTTPResource("/")
    URI server;

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        var body = "{\"name\": \"%s\"}".formatted("x".repeat(1_100_000));

        problem(asOperator().contentType(ContentType.JSON).body(body).post(TENANTS).then(), 413);
    }

    @Test
    void anUploadWithATooLargeContentLengthIsRefusedBeforeItIsSent() throws Exception {
        var slug = newTenant();
        var head = "PUT %s/%s/recipients HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                + "Content-Type: application/x-ndjson\r\nContent-Length: 1000000000\r\n\r\n";

        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(head.formatted(TENANTS, slug, TestTokens.operator()).getBytes(StandardCharsets.US_ASCII));
            var answer = new byte[2_000];
            var text = new String(answer, 0, socket.getInputStream().read(answer), StandardCharsets.UTF_8);
            assertThat(text).startsWith("HTTP/1.1 413").contains(Problem.MEDIA_TYPE);
        }
    }
}
