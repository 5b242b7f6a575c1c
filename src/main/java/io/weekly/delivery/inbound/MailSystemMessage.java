package io.weekly.delivery.inbound;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a message that say what became of a mail.
 *
 * @param header of the message itself
 * @param status the blocks of {@code message/delivery-status} (RFC 3464): first the one about the mail, then one for each recipient; null
 *     if the message has no such part
 * @param feedback the fields of {@code message/feedback-report} (RFC 5965); null if it has no such part
 * @param returned the header of the mail that the message is about; null if it does not have it
 * @param text the first text part; may be cut
 */
record MailSystemMessage(
        Fields header, @Nullable List<Fields> status, @Nullable Fields feedback, @Nullable Fields returned, String text) {}
