package io.weekly.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An issuer that begins an answer and does not end it. */
class KeySetReaderTest {

    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final Vertx vertx = Vertx.vertx();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private KeySetReader reader;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        reader = new KeySetReader(vertx, new JWTAuthContextInfo(), new KeysConfig(TIMEOUT));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        for (var socket : open) {
            socket.close();
        }
        vertx.closeAndAwait();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"k",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"k\r\n", "HTTP/1.1 200 OK\r\n"})
    void anAnswerThatStopsDoesNotKeepLaterReadsFromTheIssuer(String beginning) {
        answer(beginning, beginning, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");

        for (var i = 0; i < 2; i++) {
            assertThatThrownBy(this::read).as("read %d", i).isInstanceOf(Exception.class);
        }
        assertThat(read()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://keys.example.com/keys", "//keys.example.com/keys", "HTTP://10.0.0.1/keys"})
    void aRedirectToAnAddressWithoutEncryptionIsNotFollowed(String address) {
        answer("HTTP/1.1 302 Found\r\nLocation: " + address + "\r\nContent-Length: 0\r\n\r\n");

        assertThatThrownBy(this::read).hasMessageContaining("it answered 302");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[", "/two words", "mailto:keys@example.com"})
    void aRedirectToSomethingThatIsNoAddressIsNotFollowed(String address) {
        answer("HTTP/1.1 302 Found\r\nLocation: " + address + "\r\nContent-Length: 0\r\n\r\n");

        assertThatThrownBy(this::read).hasMessageContaining("it answered 302");
    }

    @Test
    void aRedirectOnThisMachineIsFollowed() {
        answer("HTTP/1.1 302 Found\r\nLocation: /moved\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(read()).isEqualTo("{}");
    }

    private String read() {
        return reader.read("http://127.0.0.1:" + server.getLocalPort() + "/keys").await().atMost(TIMEOUT.multipliedBy(20));
    }

    /** Each connection gets the next answer, and stays open. */
    private void answer(String... answers) {
        Thread.ofVirtual().start(() -> {
            try {
                for (var answer : answers) {
                    var socket = server.accept();
                    open.add(socket);
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().flush();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
