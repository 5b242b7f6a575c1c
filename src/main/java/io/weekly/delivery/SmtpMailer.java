package io.weekly.delivery;

import io.quarkus.mailer.runtime.Mailers;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.MailMessage;
import io.vertx.mutiny.ext.mail.MailClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Gives a mail to the mail client. The mailer of Quarkus would do the same, but it gives the client an empty list of Cc addresses. For an
 * empty list the client writes an empty header {@code Cc:}, which RFC 5322 (section 3.6.3) does not allow. It also copies files byte by
 * byte, through a reactive stream of single bytes. The settings {@code bounce-address} and {@code approved-recipients} of Quarkus have
 * their effect here too.
 */
@ApplicationScoped
class SmtpMailer {

    private static final Logger LOG = Logger.getLogger(SmtpMailer.class);

    private final MailClient client;
    private final @Nullable String bounceAddress;
    private final List<Pattern> approved;

    SmtpMailer(MailClient client, MailersRuntimeConfig settings) {
        var mailer = Objects.requireNonNull(settings.mailers().get(Mailers.DEFAULT_MAILER_NAME), "Quarkus always has a default mailer");
        this.client = client;
        this.bounceAddress = mailer.bounceAddress().orElse(null);
        this.approved = mailer.approvedRecipients().orElse(List.of());
    }

    /**
     * Ends when the server has taken the mail, and fails with what the client says. The mail has one recipient. If the setting {@code
     * approved-recipients} does not let mails to it out, nothing is sent and nothing fails, as with the mailer of Quarkus.
     */
    Uni<Void> send(MailMessage mail) {
        if (!isApproved(mail.getTo().getFirst())) {
            LOG.info("A mail was not sent, because no pattern of quarkus.mailer.approved-recipients matches its address");
            return Uni.createFrom().voidItem();
        }
        return client.sendMail(mail.setBounceAddress(bounceAddress)).replaceWithVoid();
    }

    private boolean isApproved(String address) {
        return approved.isEmpty() || approved.stream().anyMatch(pattern -> pattern.matcher(address).matches());
    }
}
