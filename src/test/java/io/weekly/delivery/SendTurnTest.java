package io.weekly.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.weekly.testing.NumberingMailServer;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mail client on {@link MailConnections}, and turns that the test gives. */
class SendTurnTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final Queue<UniEmitter<? super Boolean>> held = new ConcurrentLinkedQueue<>();
    private final NumberingMailServer server = new NumberingMailServer(vertx, null, "250 Ok %d\r\n"::formatted);

    @AfterEach
    void close() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theServerHearsNothingOfAMailBeforeItsTurn(boolean pipelining) throws Exception {
        var client = client(pipelining);
        var first = send(client, "text");
        awaitHeld();
        assertThat(server.numbers).isEmpty();
        assertThat(first).isNotDone();

        held.remove().complete(true);

        first.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        var onTheSameConnection = send(client, "text");
        awaitHeld();
        held.remove().complete(true);
        onTheSameConnection.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        assertThat(server.connections).hasSize(1);
        assertThat(server.numbers).hasSize(2);
    }

    @Test
    void aLineOfAMailThatLooksLikeTheCommandIsNotHeld() throws Exception {
        var sent = send(client(true), "MAIL FROM:<somebody@acme.test>\nMAIL FROM:<somebody@acme.test>\n");
        awaitHeld();

        held.remove().complete(true);

        sent.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        assertThat(held).isEmpty();
    }

    @Test
    void aMailWithoutATurnWasCertainlyNotSent() {
        var client = client(true);
        var sent = send(client, "text");
        awaitHeld();

        held.remove().complete(false);

        assertThatThrownBy(() -> sent.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .satisfies(failure -> assertThat(HandOver.of(failure)).isInstanceOf(HandOver.NoSendTime.class));
        assertThat(server.numbers).isEmpty();
    }

    @Test
    void aTurnThatFailsIsNone() {
        var sent = send(client(true), "text");
        awaitHeld();

        held.remove().fail(new IllegalStateException("the database is away"));

        assertThatThrownBy(() -> sent.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .hasRootCauseMessage("the database is away")
                .satisfies(failure -> assertThat(HandOver.of(failure)).isInstanceOf(HandOver.NoSendTime.class));
    }

    private void awaitHeld() {
        Awaitility.await().atMost(TIMEOUT).until(() -> !held.isEmpty());
    }

    private static CompletableFuture<?> send(MailClient client, String text) {
        return client.sendMail(new MailMessage().setFrom("a@acme.test").setTo("b@acme.test").setSubject("Subject").setText(text)
                        .addHeader("Message-ID", "<" + UUID.randomUUID() + "@acme.test>"))
                .toCompletionStage()
                .toCompletableFuture();
    }

    private MailClient client(boolean pipelining) {
        var connections = new MailConnections(TIMEOUT, new ServerReplies(), () -> Uni.createFrom().<Boolean>emitter(held::add));
        return MailClient.create(connections.vertx((VertxInternal) vertx), new MailConfig()
                .setHostname("127.0.0.1")
                .setPort(server.port())
                .setPipelining(pipelining));
    }
}
