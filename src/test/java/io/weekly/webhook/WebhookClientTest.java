package io.weekly.webhook;

import static io.weekly.testing.World.get;
import static io.weekly.webhook.TestClients.MESSAGE;
import static io.weekly.webhook.TestClients.OLD;
import static io.weekly.webhook.TestClients.SECRET;
import static io.weekly.webhook.TestClients.address;
import static io.weekly.webhook.TestClients.client;
import static io.weekly.webhook.TestClients.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookClientTest {

    private static final HostResolver NOWHERE = host -> Uni.createFrom().failure(new UnknownHostException(host));

    /** The receiver computes the signature with the JDK, as the documentation says. */
    @Test
    void aReceiverCanVerifyTheMessage() throws GeneralSecurityException {
        try (var receiver = Receiver.with("204 No Content")) {
            assertThat(send(receiver.url(), NOWHERE)).isEqualTo(new Answer.Received(204));

            var request = receiver.received().getFirst();
            assertThat(request.line()).isEqualTo("POST /hook HTTP/1.1");
            assertThat(request.header("content-type")).isEqualTo("application/json");
            assertThat(request.header("host")).isEqualTo("127.0.0.1:" + receiver.port());
            assertThat(request.header("webhook-id")).isEqualTo("msg_0190");
            assertThat(Long.parseLong(request.header("webhook-timestamp")))
                    .isCloseTo(Instant.now().getEpochSecond(), offset(60L));
            assertThat(request.text()).isEqualTo(MESSAGE.payload());
            assertThat(request.header("webhook-signature").split(" "))
                    .containsExactly(signature(SECRET, request), signature(OLD, request));
        }
    }

    private static String signature(WebhookSecret secret, Receiver.Received request) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.reveal().substring(6)), "HmacSHA256"));
        mac.update((request.header("webhook-id") + "." + request.header("webhook-timestamp") + ".").getBytes());
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(request.body()));
    }

    @ParameterizedTest
    @CsvSource({
        "200 OK, 200", "299 Fine, 299"})
    void each2xxIsASuccess(String status, int code) {
        try (var receiver = Receiver.with(status)) {
            assertThat(send(receiver.url(), NOWHERE)).isEqualTo(new Answer.Received(code));
        }
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "303", "307", "308"})
    void redirectsAreNotFollowed(int status) {
        try (var elsewhere = Receiver.with("200 OK");
                var receiver = Receiver.with(status + " Moved\r\nLocation: " + elsewhere.url())) {
            assertThat(send(receiver.url(), NOWHERE)).isEqualTo(new Answer.Failed(status, "redirects are not followed", Optional.empty()));
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @Test
    void anErrorHasItsStatusAndTheStartOfItsBodyOnOneLine() {
        Receiver.Behaviour broken = (_, connection) -> Receiver.write(
                connection, "HTTP/1.1 500 Oh\r\nContent-Length: 14\r\n\r\nbro\r\nken\u0000\tnow");
        try (var receiver = Receiver.with(broken)) {
            assertThat(send(receiver.url(), NOWHERE)).isEqualTo(new Answer.Failed(500, "bro ken now", Optional.empty()));
        }
    }

    @Test
    void retryAfterIsRead() {
        try (var receiver = Receiver.with("429 Slow down\r\nRetry-After: 90")) {
            assertThat(send(receiver.url(), NOWHERE)).isEqualTo(new Answer.Failed(429, "", Optional.of(Duration.ofSeconds(90))));
        }
    }

    @Test
    void a410SaysThatTheEndpointIsGone() {
        try (var receiver = Receiver.with("410 Gone")) {
            assertThat(send(receiver.url(), NOWHERE)).isEqualTo(new Answer.Gone(""));
        }
    }

    /** 100 MB would take long and fill the memory; the receiver sees that the client hangs up. */
    @Test
    void ofAHugeAnswerOnlyTheStartIsRead() {
        var written = new AtomicInteger();
        Receiver.Behaviour huge = (_, connection) -> {
            Receiver.write(connection, "HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (var i = 0; i < 1600; i++) {
                Receiver.write(connection, "10000\r\n" + "x".repeat(65_536) + "\r\n");
                written.incrementAndGet();
            }
        };
        try (var receiver = Receiver.with(huge)) {
            assertThat(send(receiver.url(), NOWHERE)).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
                assertThat(failed.status()).isEqualTo(503);
                assertThat(failed.text()).hasSize(301).startsWith("xxx").endsWith("x…");
            });
            assertThat(written.get()).isLessThan(1600);
        }
    }

    @Test
    void aSilentReceiverIsGivenUpAfterTheTimeout() {
        try (var receiver = Receiver.with((_, _) -> Thread.sleep(Duration.ofMinutes(1)))) {
            assertThat(send(receiver.url(), NOWHERE)).isEqualTo(new Answer.Failed(null, "no answer within 1 s", Optional.empty()));
        }
    }

    @Test
    void anAnswerThatIsCutIsAFailure() {
        try (var receiver = Receiver.with((_, connection) -> Receiver.write(connection, "HTTP/1.1 200"))) {
            assertThat(send(receiver.url(), NOWHERE))
                    .isEqualTo(new Answer.Failed(null, "the connection was closed without an answer", Optional.empty()));
        }
    }

    @Test
    void aReceiverThatIsNotThereIsAFailure() {
        var gone = Receiver.with("200 OK");
        gone.close();

        assertThat(send(gone.url(), NOWHERE)).isEqualTo(new Answer.Failed(null, "no connection", Optional.empty()));
    }

    @Test
    void theRequestGoesToTheAddressThatWasCheckedAndNamesTheHost() {
        try (var receiver = Receiver.with("200 OK")) {
            HostResolver resolver = host -> Uni.createFrom().item(List.of(address("10.0.0.1"), address("127.0.0.1")));

            assertThat(send("http://hooks.example.test:%d/hook".formatted(receiver.port()), resolver)).isEqualTo(new Answer.Received(200));
            assertThat(receiver.received().getFirst().header("host")).isEqualTo("hooks.example.test:" + receiver.port());
        }
    }

    /** First a permitted address, as when the endpoint was stored, and then a private one. */
    @Test
    void aNameThatIsReboundToAPrivateAddressGetsNothing() {
        try (var receiver = Receiver.with("200 OK")) {
            var lookups = new AtomicInteger();
            HostResolver rebinding = _ -> Uni.createFrom()
                    .item(List.of(address(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2")));
            var client = client(new HttpClientOptions(), rebinding);
            var url = "http://hooks.example.test:%d/hook".formatted(receiver.port());

            assertThat(get(client.send(endpoint(url), MESSAGE))).isEqualTo(new Answer.Received(200));
            assertThat(get(client.send(endpoint(url), MESSAGE))).isEqualTo(new Answer.Failed(
                    null, "the host has a private or special address, so nothing was sent", Optional.empty()));
            assertThat(receiver.received()).hasSize(1);
            assertThat(lookups).as("each request is one lookup, so nothing else looks the name up").hasValue(2);
        }
    }

    @Test
    void anAddressInTheTextIsCheckedToo() {
        assertThat(send("http://127.0.0.2:1/", NOWHERE)).isEqualTo(new Answer.Failed(
                null, "the host has a private or special address, so nothing was sent", Optional.empty()));
    }

    @Test
    void aNameWithoutAnAddressIsAFailure() {
        assertThat(send("http://hooks.example.test/", NOWHERE))
                .isEqualTo(new Answer.Failed(null, "the host has no address now", Optional.empty()));
    }

    private static Answer send(String url, HostResolver resolver) {
        return get(client(new HttpClientOptions(), resolver).send(endpoint(url), MESSAGE));
    }
}
