package io.weekly.delivery;

import io.quarkus.mailer.Attachment;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.runtime.Mailers;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.quarkus.mailer.runtime.MutinyMailerImpl;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailAttachment;
import io.vertx.ext.mail.MailMessage;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.mail.MailClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Gives a mail to the mail client. The mailer of Quarkus would do the same, but it gives the client an empty list of Cc addresses. For an
 * empty list the client writes an empty header {@code Cc:}, which RFC 5322 (section 3.6.3) does not allow. The settings {@code
 * bounce-address} and {@code approved-recipients} of Quarkus have their effect here too.
 */
@ApplicationScoped
class SmtpMailer {

    private static final Logger LOG = Logger.getLogger(SmtpMailer.class);

    private final MailClient client;
    private final Vertx vertx;
    private final @Nullable String bounceAddress;
    private final List<Pattern> approved;

    SmtpMailer(MailClient client, Vertx vertx, MailersRuntimeConfig settings) {
        var mailer = Objects.requireNonNull(settings.mailers().get(Mailers.DEFAULT_MAILER_NAME), "Quarkus always has a default mailer");
        this.client = client;
        this.vertx = vertx;
        this.bounceAddress = mailer.bounceAddress().orElse(null);
        this.approved = mailer.approvedRecipients().orElse(List.of());
    }

    /**
     * Ends when the server has taken the mail, and fails with what the client says. The mail has one recipient. If the setting {@code
     * approved-recipients} does not let mails to it out, nothing is sent and nothing fails, as with the mailer of Quarkus.
     */
    Uni<Void> send(Mail mail) {
        if (!isApproved(mail.getTo().getFirst())) {
            LOG.info("A mail was not sent, because no pattern of quarkus.mailer.approved-recipients matches its address");
            return Uni.createFrom().voidItem();
        }
        return attachments(mail.getAttachments(), true)
                .flatMap(inline -> attachments(mail.getAttachments(), false).map(files -> message(mail, inline, files)))
                .flatMap(client::sendMail)
                .replaceWithVoid();
    }

    private boolean isApproved(String address) {
        return approved.isEmpty() || approved.stream().anyMatch(pattern -> pattern.matcher(address).matches());
    }

    private Uni<List<MailAttachment>> attachments(List<Attachment> attachments, boolean inline) {
        return Multi.createFrom()
                .iterable(attachments.stream().filter(file -> file.isInlineAttachment() == inline).toList())
                .onItem()
                .transformToUniAndConcatenate(this::attachment)
                .collect()
                .asList();
    }

    private Uni<MailAttachment> attachment(Attachment file) {
        return MutinyMailerImpl.getAttachmentStream(vertx, file).map(data -> MailAttachment.create()
                .setName(file.getName())
                .setContentId(file.getContentId())
                .setDescription(file.getDescription())
                .setDisposition(file.getDisposition())
                .setContentType(file.getContentType())
                .setData(data));
    }

    private MailMessage message(Mail mail, List<MailAttachment> inline, List<MailAttachment> files) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        mail.getHeaders().forEach(headers::add);
        if (mail.getReplyTo() != null) {
            headers.add("Reply-To", mail.getReplyTo());
        }
        return new MailMessage()
                .setBounceAddress(bounceAddress)
                .setFrom(mail.getFrom())
                .setTo(mail.getTo())
                .setSubject(mail.getSubject())
                .setText(mail.getText())
                .setHtml(mail.getHtml())
                .setHeaders(headers)
                .setInlineAttachment(inline)
                .setAttachment(files);
    }
}
