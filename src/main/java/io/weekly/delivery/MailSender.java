package io.weekly.delivery;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.weekly.text.ControlCharacters;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Hands mails to the mail server. The mailer of Quarkus has no timeout and no retries. The timeout is set here, and the queue retries.
 *
 * <p>All dialogues run on one event loop. If the mail client is called on several, it may open a connection on one and run the dialogue on
 * another. Then it can miss the greeting of the server, or the end of the connection. The dialogue hangs until its timeout, and nobody
 * knows whether the mail was sent.
 */
@ApplicationScoped
public class MailSender {

    private final ReactiveMailer mailer;
    private final DeliveryConfig config;
    private final Context loop;

    MailSender(ReactiveMailer mailer, DeliveryConfig config, Vertx vertx) {
        this.mailer = mailer;
        this.config = config;
        this.loop = ((VertxInternal) vertx).createEventLoopContext();
    }

    /** Hands the mail over. Every end is an outcome: the result never fails. It arrives on the Vert.x context of the caller. */
    public Uni<HandOver> handOver(OutgoingMail outgoing) {
        return Uni.createFrom().deferred(() -> {
            var caller = Vertx.currentContext();
            var end = onLoop(mail(outgoing));
            return caller == null ? end : end.emitOn(task -> caller.runOnContext(_ -> task.run()));
        });
    }

    private Uni<HandOver> onLoop(Mail mail) {
        return Uni.createFrom()
                .deferred(() -> mailer.send(mail))
                .runSubscriptionOn(task -> loop.runOnContext(_ -> task.run()))
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .<HandOver>map(_ -> new HandOver.Accepted("accepted"))
                .onFailure()
                .recoverWithItem(HandOver::of);
    }

    private Mail mail(OutgoingMail outgoing) {
        var mail = new Mail()
                .setFrom(config.from())
                .addTo(outgoing.to())
                .setSubject(outgoing.subject())
                .setHtml(outgoing.html())
                .setText(ControlCharacters.visible(outgoing.text()))
                // This header replaces the one of the mail client, which sends emoji as question marks.
                .addHeader("Subject", HeaderText.unstructured("Subject", outgoing.subject()))
                .addHeader("Message-ID", outgoing.messageId())
                // So that mail programs do not send an automatic reply, such as a vacation notice (RFC 3834).
                .addHeader("Auto-Submitted", "auto-generated");
        if (outgoing.replyTo() != null) {
            mail.addReplyTo(outgoing.replyTo());
        }
        if (outgoing.senderName() != null && SenderName.isVisible(outgoing.senderName())) {
            mail.addHeader("From", SenderName.before(config.from(), outgoing.senderName()));
        }
        if (outgoing.unsubscribe() != null) {
            mail.addHeader("List-Unsubscribe", "<" + outgoing.unsubscribe() + ">");
            if (outgoing.unsubscribe().startsWith("https:")) {
                // Mail programs send the one request to https only (RFC 8058, section 3.1).
                mail.addHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
            }
        }
        outgoing.images().forEach(image -> mail.addInlineAttachment(name(image), image.bytes(), image.type(), image.contentId()));
        outgoing.attachments().forEach(file -> mail.addAttachment(file.name(), file.bytes(), file.type()));
        return mail;
    }

    /** The file name, for mail programs that show inline images as files. */
    private static String name(OutgoingMail.Image image) {
        return image.contentId().split("@", 2)[0] + "." + image.type().substring(image.type().indexOf('/') + 1);
    }
}
