package io.weekly.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import io.weekly.delivery.OutgoingMail.Attachment;
import io.weekly.delivery.reply.MisbehavingMailServer;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.delivery.reply.Step;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A mail sender outside the application, with a server that takes only small mails. */
class MailSenderSizeTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aMailThatIsLargerThanTheServerNamesIsRefusedWithBothNumbers() {
        try (var server = new MisbehavingMailServer(Step.EHLO, List.of("250-misbehaving", "250-SIZE 1000", "250 HELP"))) {
            var end = handOver(server, List.of(new Attachment("a.pdf", "application/pdf", new byte[57_000])));

            assertThat(end).isInstanceOf(HandOver.TooLarge.class);
            assertThat(end.reply()).contains("the mail server takes at most 1000").containsPattern("the mail has about 7\\d{4} bytes");
        }
    }

    @Test
    void aServerThatRefusesTheSizeAfterAllIsNamedWithTheSizeOfTheMail() {
        try (var server = new MisbehavingMailServer(Step.RCPT, List.of("552 5.3.4 message too big"))) {
            var end = handOver(server, List.of());

            assertThat(end).isInstanceOf(HandOver.TooLarge.class);
            assertThat(end.reply())
                    .startsWith("552 5.3.4 message too big")
                    .contains("names no limit")
                    .containsPattern("the mail has about \\d{3,4} bytes");
        }
    }

    @Test
    void aMailThatCannotBeMadeIsNotSentAndTheResultDoesNotFail() {
        try (var server = new MisbehavingMailServer(Step.EHLO, List.of("250 misbehaving"))) {
            var end = handOver(server, new AbstractList<>() {
                @Override
                public Attachment get(int index) {
                    throw new IllegalStateException("no file");
                }

                @Override
                public int size() {
                    return 1;
                }
            });

            assertThat(end).isInstanceOf(HandOver.Deferred.class);
            assertThat(end.reason()).contains(ReplyClass.TEMPORARY);
            assertThat(end.sign()).isEqualTo(HandOver.Sign.NONE);
            assertThat(end.reply()).contains("no file");
        }
    }

    private HandOver handOver(MisbehavingMailServer server, List<Attachment> files) {
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DeliveryConfig.class)
                .withMapping(MailersRuntimeConfig.class)
                .withSources(new PropertiesConfigSource(Map.of("weekly.delivery.from", "reports@acme.test"), "test", 100))
                .build();
        var delivery = config.getConfigMapping(DeliveryConfig.class);
        var replies = new ServerReplies();
        var connections = new MailConnections(Duration.ofSeconds(20), replies, () -> Uni.createFrom().item(true));
        var client = MailClient.create(
                connections.vertx((VertxInternal) vertx), new MailConfig("127.0.0.1", server.port()).setStarttls(StartTLSOptions.DISABLED));
        var mailer = new SmtpMailer(
                new io.vertx.mutiny.ext.mail.MailClient(client), config.getConfigMapping(MailersRuntimeConfig.class));
        // This mail takes none: the connections above have turns of their own.
        var turns = new SendTurns(new SendRate(null, 1, vertx));
        return new MailSender(mailer, delivery, replies, turns, vertx)
                .handOver(new OutgoingMail("bea@customer.test", null, null, "<1@acme.test>", "Subject", null, "Text", files))
                .await()
                .atMost(Duration.ofSeconds(20));
    }
}
