package io.weekly.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import io.weekly.delivery.reply.MailReply;
import io.weekly.delivery.reply.MisbehavingMailServer;
import io.weekly.delivery.reply.ReplyCases;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.delivery.reply.Route;
import io.weekly.delivery.reply.Step;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All replies of the table of cases, from a server that gives them at their step, through the mail client of the service. */
class HandOverRepliesTest {

    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close();
    }

    static Stream<Arguments> replies() {
        return ReplyCases.all().stream()
                .filter(one -> one.reply().route() == Route.DIALOGUE && one.reply().step() != Step.CONNECT)
                .map(one -> Arguments.of(named(one.reply().step() + " " + one.reply().text(), one)));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void aReplyInADialogueMeansWhatTheTableSays(ReplyCases.Case one) throws InterruptedException {
        var handOver = answeredBy(one);

        assertThat(handOver.reason()).as(handOver.toString()).contains(one.expected());
        assertThat(handOver).isInstanceOf(switch (one.expected()) {
            case ADDRESS -> HandOver.Rejected.class;
            case TOO_LARGE -> HandOver.TooLarge.class;
            default -> HandOver.Deferred.class;
        });
        assertThat(handOver.sign()).isEqualTo(switch (one.expected()) {
            case ADDRESS, TOO_LARGE -> HandOver.Sign.TAKES;
            case SERVICE -> HandOver.Sign.REFUSES;
            case SENDER -> isOfOurServer(one.reply()) ? HandOver.Sign.REFUSES : HandOver.Sign.TAKES;
            case MAILBOX_FULL, TEMPORARY, DOMAIN_LIMIT -> HandOver.Sign.NONE;
        });
        assertThat(handOver instanceof HandOver.Deferred deferred && deferred.isRefusalOfSender())
                .isEqualTo(one.expected() == ReplyClass.SENDER && !isOfOurServer(one.reply()));
    }

    /** Before the recipient is named, and if it wants another login. */
    private static boolean isOfOurServer(MailReply reply) {
        return reply.step().isBeforeRecipient() || reply.code() == 530 || reply.code() == 535;
    }

    private static HandOver answeredBy(ReplyCases.Case one) throws InterruptedException {
        try (var server = new MisbehavingMailServer(one.reply().step(), one.lines())) {
            var client = MailClient.create(vertx, new MailConfig("127.0.0.1", server.port())
                    .setStarttls(one.reply().step() == Step.STARTTLS ? StartTLSOptions.REQUIRED : StartTLSOptions.DISABLED)
                    .setLogin(LoginOption.REQUIRED)
                    .setUsername("reports")
                    .setPassword("secret")
                    .setKeepAlive(false));
            var sent = client.sendMail(new MailMessage("reports@acme.test", "bea@customer.test", "Subject", "Text"));
            var ended = new CountDownLatch(1);
            sent.onComplete(_ -> ended.countDown());
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
            client.close();
            return sent.succeeded() ? new HandOver.Accepted("accepted") : HandOver.of(sent.cause());
        }
    }
}
