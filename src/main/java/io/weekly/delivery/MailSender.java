package io.weekly.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.mail.MailAttachment;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.mailencoder.MailEncoder;
import io.weekly.delivery.HandOver.Sign;
import io.weekly.delivery.SendRate.SendTime;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.text.ControlCharacters;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Hands mails to the mail server. The mailer of Quarkus has no timeout and no retries. The timeout is set here, and the queue retries.
 *
 * <p>All dialogues run on one event loop. If the mail client is called on several, it may open a connection on one and run the dialogue on
 * another. Then it can miss the greeting of the server, or the end of the connection. The dialogue hangs until its timeout, and nobody
 * knows whether the mail was sent.
 */
@ApplicationScoped
public class MailSender {

    private final SmtpMailer mailer;
    private final DeliveryConfig config;
    private final ServerReplies replies;
    private final SendTurns turns;
    private final Context loop;

    MailSender(SmtpMailer mailer, DeliveryConfig config, ServerReplies replies, SendTurns turns, Vertx vertx) {
        this.mailer = mailer;
        this.config = config;
        this.replies = replies;
        this.turns = turns;
        this.loop = ((VertxInternal) vertx).createEventLoopContext();
    }

    /**
     * Opens a connection if none is free, and hands the mail over at the send time. If it is not ready then, it takes another time.
     *
     * @param time from {@link SendRate#take}
     */
    public Uni<HandOver> handOver(OutgoingMail outgoing, SendTime time) {
        return Uni.createFrom().deferred(() -> {
            turns.add(time);
            return handOver(outgoing);
        });
    }

    /**
     * Hands the mail over at the next free send time. Every end is an outcome: the result never fails. It arrives on the Vert.x context of
     * the caller.
     */
    public Uni<HandOver> handOver(OutgoingMail outgoing) {
        return Uni.createFrom().deferred(() -> {
            var caller = Vertx.currentContext();
            final MailMessage mail;
            try {
                mail = mail(outgoing);
            } catch (RuntimeException e) {
                // Nothing was sent. That says nothing about the server.
                return Uni.createFrom().item(new HandOver.Deferred("the mail could not be made: " + e, Sign.NONE, ReplyClass.TEMPORARY));
            }
            var reply = replies.begin(outgoing.messageId());
            var end = onLoop(mail, reply).onTermination().invoke(() -> replies.end(outgoing.messageId()));
            return caller == null ? end : end.emitOn(task -> caller.runOnContext(_ -> task.run()));
        });
    }

    private Uni<HandOver> onLoop(MailMessage mail, AwaitedReply reply) {
        return Uni.createFrom()
                .deferred(() -> mailer.send(mail))
                .runSubscriptionOn(task -> loop.runOnContext(_ -> task.run()))
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .<HandOver>map(_ -> new HandOver.Accepted(reply.text().orElse(HandOver.Accepted.NO_REPLY)))
                .onFailure()
                .recoverWithItem(HandOver::of)
                .map(end -> end instanceof HandOver.TooLarge tooLarge ? tooLarge.with(size(mail), replies.maxMailBytes()) : end);
    }

    /** As the mail client computes it, in bytes. */
    private static long size(MailMessage mail) {
        return new MailEncoder(mail, "localhost").encodeMail().size();
    }

    private MailMessage mail(OutgoingMail outgoing) {
        var mail = new MailMessage()
                .setFrom(config.from().address())
                .setTo(outgoing.to())
                .setSubject(outgoing.subject())
                .setHtml(outgoing.html())
                .setText(ControlCharacters.visible(outgoing.text()))
                // This header replaces the one of the mail client, which sends emoji as question marks.
                .addHeader("Subject", HeaderText.unstructured("Subject", outgoing.subject()))
                .addHeader("Message-ID", outgoing.messageId())
                // So that mail programs do not send an automatic reply, such as a vacation notice (RFC 3834).
                .addHeader("Auto-Submitted", "auto-generated");
        DeliveryReference.ofMessageId(outgoing.messageId())
                .ifPresent(delivery -> mail.addHeader(DeliveryReference.HEADER, delivery.text()));
        if (outgoing.replyTo() != null) {
            mail.addHeader("Reply-To", outgoing.replyTo());
        }
        outgoing.headers().forEach((name, value) -> mail.addHeader(name, HeaderText.structured(name, value)));
        Stream.of(Optional.ofNullable(outgoing.senderName()), Optional.ofNullable(config.from().name()))
                .flatMap(Optional::stream)
                .filter(SenderName::isVisible)
                .findFirst()
                .ifPresent(name -> mail.addHeader("From", SenderName.before(config.from().address(), name)));
        return mail.setInlineAttachment(outgoing.images().stream().map(MailSender::image).toList())
                .setAttachment(outgoing.attachments().stream().map(MailSender::file).toList());
    }

    private static MailAttachment image(OutgoingMail.Image image) {
        return part(name(image), image.type(), image.bytes()).setDisposition("inline").setContentId("<" + image.contentId() + ">");
    }

    private static MailAttachment file(OutgoingMail.Attachment file) {
        return part(file.name(), file.type(), file.bytes()).setDisposition("attachment");
    }

    private static MailAttachment part(String name, String type, byte[] bytes) {
        return MailAttachment.create().setName(name).setContentType(type).setData(Buffer.buffer(bytes));
    }

    /** The file name, for mail programs that show inline images as files. */
    private static String name(OutgoingMail.Image image) {
        return image.contentId().split("@", 2)[0] + "." + image.type().substring(image.type().indexOf('/') + 1);
    }
}
