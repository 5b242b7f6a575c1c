package io.weekly.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.mail.MailAttachment;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import io.weekly.testing.NumberingMailServer;
import io.weekly.testing.TestCertificates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mail client on {@link MailConnections}, with a server that says a number of its own for each mail. */
class ServerRepliesTest {

    private static final int DIALOGUES = 64;
    private static final int MAILS = 3 * DIALOGUES;

    private final Vertx vertx = Vertx.vertx();
    private final ServerReplies replies = new ServerReplies();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvSource({"false, true, false", "false, false, false", "false, true, true", "true, true, false", "true, false, true"})
    void eachMailHasItsOwnReply(boolean tls, boolean keepAlive, boolean pipelining, @TempDir Path folder) {
        var certificates = tls ? TestCertificates.in(folder) : null;
        try (var server = new NumberingMailServer(vertx, certificates, "250-2.0.0 thanks\r\n250 2.0.0 Ok: queued as %d\r\n"::formatted)) {
            var client = client(server.port(), tls, keepAlive, pipelining);

            var said = send(client, MAILS);

            assertThat(said).hasSize(MAILS).allSatisfy((messageId, reply) -> assertThat(reply)
                    .contains("250-2.0.0 thanks 250 2.0.0 Ok: queued as " + server.numbers.get(messageId)));
            assertThat(server.connections).hasSize(keepAlive ? DIALOGUES : MAILS);
            assertThat(replies.size()).as("mails whose reply is still awaited").isZero();
        }
    }

    /** A server that says more than it is asked: its later replies may be those to other commands. */
    @ParameterizedTest
    @ValueSource(strings = {
        "250 2.0.0 Ok: queued as 0\r\n",
        "250 2.0.0 Ok: queued as 0\r\n250 2.0.0 Ok: queued as 0\r\n",
        "250 2.0.0 Ok: queued as 0\r\n250 2.0.0 Ok: queued as 0\r\n250 2.0.0 Ok: queued as 0\r\n"
    })
    void aReplyThatMayBelongToSomethingElseIsNotReported(String more) {
        try (var server = new NumberingMailServer(vertx, null, "250 2.0.0 Ok: queued as %d\r\n"::formatted)) {
            server.sendAfterRecipient(more);
            var client = client(server.port(), false, true, false);

            assertThat(send(client, DIALOGUES)).allSatisfy((_, reply) -> assertThat(reply).isEmpty());
        }
    }

    @Test
    void aSecondReplyToAMailIsNotThatOfTheNextOne() {
        try (var server = new NumberingMailServer(vertx, null, "250 Ok: queued as %1$d\r\n250 Ok: queued as %1$d\r\n"::formatted)) {
            var client = client(server.port(), false, true, false);

            assertThat(send(client, MAILS)).allSatisfy((messageId, reply) -> assertThat(reply.orElse(own(server, messageId)))
                    .isEqualTo(own(server, messageId)));
        }
    }

    private static String own(NumberingMailServer server, String messageId) {
        return "250 Ok: queued as " + server.numbers.get(messageId);
    }

    @Test
    void twoAttemptsForTheSameMailHaveNoReply() {
        try (var server = new NumberingMailServer(vertx, null, "250 2.0.0 Ok: queued as %d\r\n"::formatted)) {
            var client = client(server.port(), false, true, false);
            var first = replies.begin("<one@test>");
            var second = replies.begin("<one@test>");

            join(client.sendMail(mail("<one@test>", "Text")));

            assertThat(first.text()).isEmpty();
            assertThat(second.text()).isEmpty();
        }
    }

    /** The attempt that timed out is over, but the mail client goes on with its dialogue. */
    @Test
    void aMailThatAnEarlierAttemptSentAsWellHasNoReply() {
        try (var server = new NumberingMailServer(vertx, null, "250 2.0.0 Ok: queued as %d\r\n"::formatted)) {
            var client = client(server.port(), false, true, false);
            var attempt = replies.begin("<one@test>");

            join(client.sendMail(mail("<one@test>", "Text")));
            join(client.sendMail(mail("<one@test>", "Text")));

            assertThat(attempt.text()).isEmpty();
        }
    }

    @Test
    void aReplyIsBoundedAndItsControlCharactersAreVisible() {
        try (var server = new NumberingMailServer(vertx, null, n -> "250 \0" + n + "\u001b[31m" + "x".repeat(100_000) + "\r\n")) {
            var said = send(client(server.port(), false, true, false), 1).values().iterator().next().orElseThrow();

            assertThat(said).startsWith("250 \uFFFD1\uFFFD[31mxxx").hasSize(ReplyReader.MAX_LENGTH);
        }
    }

    /** Lines, dots at the start of lines, and more than the client's and the server's buffers hold. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMailArrivesAsItWasWritten(boolean tls, @TempDir Path folder) {
        var bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        var text = ".\n..\n.a\n\nb\n" + ".c\n".repeat(10_000);
        try (var server = new NumberingMailServer(vertx, tls ? TestCertificates.in(folder) : null, "250 %d\r\n"::formatted)) {
            var mail = mail("<one@test>", text).setAttachment(
                    MailAttachment.create().setName("a.bin").setContentType("application/pdf").setData(Buffer.buffer(bytes)));

            join(client(server.port(), tls, true, false).sendMail(mail));

            var arrived = new String(server.mails.get("<one@test>"), StandardCharsets.ISO_8859_1);
            assertThat(arrived).contains(text.replace("\n", "\r\n").replaceAll("(?m)^\\.", ".."));
            var base64 = Base64.getMimeEncoder().encodeToString(bytes);
            assertThat(arrived.contains(base64)).as("the file is in the mail").isTrue();
        }
    }

    /** The first reply of the server to each mail; by Message-ID. */
    private Map<String, Optional<String>> send(MailClient client, int mails) {
        var said = new HashMap<String, Optional<String>>();
        var loop = ((VertxInternal) vertx).createEventLoopContext();
        var all = new CompletableFuture<Void>();
        loop.runOnContext(_ -> {
            var sent = new Future<?>[mails];
            Arrays.setAll(sent, _ -> {
                var messageId = "<" + UUID.randomUUID() + "@test>";
                var reply = replies.begin(messageId);
                return client.sendMail(mail(messageId, "Text")).transform(_ -> {
                    said.put(messageId, reply.text());
                    replies.end(messageId);
                    return Future.succeededFuture();
                });
            });
            Future.all(Arrays.asList(sent)).onComplete(_ -> all.complete(null));
        });
        all.join();
        return said;
    }

    private MailClient client(int port, boolean tls, boolean keepAlive, boolean pipelining) {
        var settings = new MailConfig("127.0.0.1", port)
                .setStarttls(tls ? StartTLSOptions.REQUIRED : StartTLSOptions.DISABLED)
                .setTrustAll(true)
                .setKeepAlive(keepAlive)
                .setPipelining(pipelining)
                .setMaxPoolSize(DIALOGUES);
        var connections = new MailConnections(Duration.ofSeconds(30), replies, () -> Uni.createFrom().item(true));
        return MailClient.create(connections.vertx((VertxInternal) vertx), settings);
    }

    private static MailMessage mail(String messageId, String text) {
        return new MailMessage("from@test", "to@test", "Subject", text).addHeader("Message-ID", messageId);
    }

    private static void join(Future<?> future) {
        future.toCompletionStage().toCompletableFuture().join();
    }
}
