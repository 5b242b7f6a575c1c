package io.weekly.api.http;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With {@link HandDriven}, the head of a request may take 2 s. A body may take 3 s, and longer if it sends 1 KB a second. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class SlowClientsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(300);
    /** If nothing arrives for so long, the connection is open and the server says nothing. */
    private static final int QUIET_MILLIS = 50;

    @TestHTTPResource("/")
    URI server;

    @Test
    void clientsThatSendByteByByteAreNotWaitedFor() throws IOException {
        var upload = head("application/x-ndjson", 100_000);
        try (var silent = connect(); var head = connect(); var body = connect(); var lines = connect()) {
            write(head, "GET " + TENANTS + " HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            write(body, head("application/json", 100_000));
            write(lines, upload.replace("POST " + TENANTS, "PUT %s/%s/recipients".formatted(TENANTS, newTenant())));

            var open = new HashMap<>(Map.of("silent", silent, "head", head, "body", body, "lines", lines));
            await().atMost(LIMIT).pollInterval(PAUSE).untilAsserted(() -> {
                open.entrySet().removeIf(client -> isClosedAfter(client.getValue(), client.getKey().equals("silent") ? "" : " "));
                assertThat(open.keySet()).as("connections that are open").isEmpty();
            });
        }
    }

    @Test
    void aBodyThatArrivesSteadilyMayTakeLonger() throws IOException {
        var pieces = 20;
        var piece = " ".repeat(2000);
        try (var socket = connect()) {
            write(socket, head("application/json", pieces * piece.length()));

            var left = new int[] {pieces};
            await().atMost(LIMIT).pollInterval(PAUSE).until(() -> {
                write(socket, piece);
                return --left[0] == 0;
            });

            // Six seconds later. A body of blanks is no JSON, so the service has read it.
            socket.setSoTimeout((int) LIMIT.toMillis());
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
        }
    }

    @Test
    void aConnectionStaysOpenBetweenRequestsForLongerThanAHeadMayTake() throws IOException {
        try (var socket = connect()) {
            var request = "GET /q/openapi HTTP/1.1\r\nHost: localhost\r\n\r\n";
            write(socket, request);
            socket.setSoTimeout((int) LIMIT.toMillis());
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            socket.setSoTimeout(QUIET_MILLIS);

            await().during(Duration.ofSeconds(4)).atMost(LIMIT).pollInterval(PAUSE).until(() -> !isClosed(socket));
            write(socket, request);
            assertThat(isClosed(socket)).isFalse();
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(QUIET_MILLIS);
        return socket;
    }

    private static String head(String type, int bytes) {
        return "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(TENANTS, TestTokens.operator(), type, bytes);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isClosedAfter(Socket socket, String next) {
        try {
            write(socket, next);
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return isClosed(socket);
    }

    /** Reads what has arrived. */
    private static boolean isClosed(Socket socket) {
        try {
            while (socket.getInputStream().read(new byte[8192]) >= 0) {
                // A part of a response.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
