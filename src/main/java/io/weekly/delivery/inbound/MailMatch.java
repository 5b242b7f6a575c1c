package io.weekly.delivery.inbound;

import io.weekly.delivery.DeliveryReference;
import io.weekly.text.EmailAddress;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The delivery that an event is about.
 *
 * @param isLatest whether the report has no later delivery: only the latest one says how the report ended
 * @param address that the mail was sent to; empty if it was erased
 * @param hadFiles whether its files were attached
 * @param outcome of its latest dialogue, or what an event said since; null while the first dialogue lasts
 * @param endedAt the end of its latest dialogue, or of what an event said since; null while the first dialogue lasts
 * @param serverId the id that the mail server gave the mail; null if it gave none
 * @param recipientId the number of the report's recipient
 * @param mailTo the address of the reviewer if the report is a sample, else null
 * @param period the week of the report
 */
record MailMatch(
        int tenantId,
        DeliveryReference delivery,
        boolean isLatest,
        String address,
        boolean hadFiles,
        @Nullable String outcome,
        @Nullable Instant endedAt,
        @Nullable String serverId,
        long recipientId,
        @Nullable String mailTo,
        String period) {

    private static final Pattern SES_ID = Pattern.compile("[0-9a-f]{16}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9]{6}");

    boolean isErased() {
        return address.isEmpty();
    }

    /** Whether it is known that this mail did not arrive. */
    boolean isRejected() {
        return "rejected".equals(outcome);
    }

    /**
     * Whether the recipient is one of these. A mail has one recipient, so an event without recipients is about it. An event about another
     * address is about a mail that was passed on, and says nothing about the address that we know.
     */
    boolean isFor(List<String> recipients) {
        var own = EmailAddress.comparison(address);
        return recipients.isEmpty() || recipients.stream().anyMatch(recipient -> EmailAddress.comparison(recipient).equals(own));
    }

    /**
     * Whether the event is about the recipient. Many providers hide the address in complaints (RFC 6590), and keep its domain or write one
     * that cannot exist. If such a complaint returns our own id of the mail, it is about the recipient.
     */
    boolean isFor(InboundEvent event) {
        return isFor(event.recipients())
                || event.type() == InboundEvent.Type.COMPLAINT && isNamedIn(event.mail())
                        && event.recipients().stream().allMatch(this::mayBeHidden);
    }

    private boolean isNamedIn(InboundEvent.MailNames names) {
        return Stream.concat(
                        names.references().stream(),
                        names.messageIds().stream().flatMap(id -> DeliveryReference.ofMessageId(id).stream()))
                .anyMatch(reference -> reference.reportId().equals(delivery.reportId()));
    }

    private boolean mayBeHidden(String recipient) {
        return !(EmailAddress.parse(recipient) instanceof EmailAddress.Valid valid)
                || EmailAddress.parseSender(address) instanceof EmailAddress.Valid own && own.domain().equals(valid.domain());
    }

    /**
     * Whether Amazon SES gave this mail another id than the event names. Then the event is about an earlier attempt, which had the same
     * Message-ID. Ids of other forms are not compared: behind a relay, its id is stored, and the event has the one of the provider.
     */
    boolean isOtherMail(InboundEvent.MailNames names) {
        return serverId != null && SES_ID.matcher(serverId).matches()
                && names.serverIds().stream().anyMatch(id -> SES_ID.matcher(id).matches())
                && !names.serverIds().contains(serverId);
    }
}
