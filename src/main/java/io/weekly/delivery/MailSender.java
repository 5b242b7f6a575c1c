package io.weekly.delivery;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Speaks with the mail server. The mailer has neither a time-out nor a retry of its own: the first is here, the second is the queue's. */
@ApplicationScoped
public class MailSender {

    private final ReactiveMailer mailer;
    private final DeliveryConfig config;

    MailSender(ReactiveMailer mailer, DeliveryConfig config) {
        this.mailer = mailer;
        this.config = config;
    }

    /** Hands the letter over; however that ends, it is an outcome and never a failure. */
    public Uni<HandOver> handOver(OutgoingMail letter) {
        return mailer.send(mail(letter))
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .<HandOver>map(sent -> new HandOver.Accepted("accepted"))
                .onFailure()
                .recoverWithItem(HandOver::of);
    }

    private Mail mail(OutgoingMail letter) {
        var mail = new Mail()
                .setFrom(config.from())
                .addTo(letter.to())
                .setSubject(letter.subject())
                .setHtml(letter.html())
                .setText(letter.text())
                // A header that is set wins; without this one emoji arrive as question marks.
                .addHeader("Subject", HeaderText.unstructured("Subject", letter.subject()))
                .addHeader("Message-ID", letter.messageId())
                // No vacation notes in return (RFC 3834).
                .addHeader("Auto-Submitted", "auto-generated");
        if (letter.replyTo() != null) {
            mail.addReplyTo(letter.replyTo());
        }
        if (letter.senderName() != null && SenderName.isVisible(letter.senderName())) {
            mail.addHeader("From", SenderName.before(config.from(), letter.senderName()));
        }
        letter.images().forEach(image -> mail.addInlineAttachment(name(image), image.bytes(), image.type(), image.contentId()));
        letter.attachments().forEach(file -> mail.addAttachment(file.name(), file.bytes(), file.type()));
        return mail;
    }

    /** A program that shows it as a file all the same shows it by this. */
    private static String name(OutgoingMail.Image image) {
        return image.contentId().split("@", 2)[0] + "." + image.type().substring(image.type().indexOf('/') + 1);
    }
}
