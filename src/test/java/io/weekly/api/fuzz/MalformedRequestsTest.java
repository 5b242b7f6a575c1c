package io.weekly.api.fuzz;

import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.RawHttp;
import io.weekly.testing.RawHttp.Answer;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In the application of {@link FuzzTest}, because these requests are not for an application that other tests use. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(FuzzTest.Alone.class)
class MalformedRequestsTest {

    @TestHTTPResource("/")
    URI server;

    private RawHttp http;

    @BeforeEach
    void prepare() {
        http = new RawHttp(server, Duration.ofSeconds(20));
    }

    @Test
    void malformedRequestsAreRefusedAndNothingHangs() {
        var wrong = new ArrayList<String>();
        for (var bytes : MalformedRequests.REQUESTS) {
            var request = bytes.replace("HOST", server.getAuthority()).getBytes(StandardCharsets.ISO_8859_1);
            for (var answer : answersTo(request)) {
                FuzzJudge.leaks(answer).forEach(leak -> wrong.add(bytes + leak));
                if (answer.status() >= 500 && answer.status() != 501 && answer.status() != 505) {
                    wrong.add("%.300s answered %d".formatted(bytes, answer.status()));
                }
            }
        }

        assertThat(wrong).isEmpty();
        FuzzedService.assertWorks();
    }

    private List<Answer> answersTo(byte[] request) {
        try {
            return http.breakOff(request);
        } catch (IOException e) {
            throw new UncheckedIOException("%.300s".formatted(new String(request, StandardCharsets.ISO_8859_1)), e);
        }
    }

    @Test
    void clientsThatDisconnectInTheMiddleLeaveNothingBehind() throws IOException {
        var tenant = newTenant();
        for (var i = 0; i < 200; i++) {
            try (var socket = new Socket(server.getHost(), server.getPort())) {
                var head = MalformedRequests.STOPPED.get(i % MalformedRequests.STOPPED.size())
                        .replace("HOST", server.getAuthority())
                        .replace("SLUG", tenant)
                        .replace("TOKEN", TestTokens.tenantAdmin(tenant, "admin"));
                socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            }
        }

        FuzzedService.assertWorks();
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
        var token = TestTokens.tenantAdmin(newTenant(), "admin");
        var one = "%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n%s\r\n";
        var lines = List.of(
                "GET /api/v1/reports", "GET /api/v1/nonsense", "PATCH /api/v1/reports", "GET /api/v1/queue", "GET /api/v1/reports/%zz");
        var all = new StringBuilder();
        lines.forEach(line -> all.append(one.formatted(line, "")));
        all.append(one.formatted("HEAD /api/v1/runs", "Connection: close\r\n"));

        var answers = http.exchange(all.toString().getBytes(StandardCharsets.US_ASCII));

        assertThat(answers).extracting(Answer::status).containsExactly(200, 404, 405, 403, 400, 200);
    }
}
