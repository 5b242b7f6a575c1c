package io.weekly.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail that is ready to be sent.
 *
 * @param senderName stands before the sender address of the service; null for none
 * @param replyTo null for none
 * @param html null if the mail has only text
 * @param messageId with its angle brackets; the same in all attempts
 * @param unsubscribe where a mail program unsubscribes the reader with one request (RFC 8058); null for none
 */
public record OutgoingMail(
        String to,
        @Nullable String senderName,
        @Nullable String replyTo,
        String messageId,
        String subject,
        @Nullable String html,
        String text,
        List<Attachment> attachments,
        List<Image> images,
        @Nullable String unsubscribe) {

    /** A mail without images and without an address to unsubscribe. */
    public OutgoingMail(
            String to,
            @Nullable String senderName,
            @Nullable String replyTo,
            String messageId,
            String subject,
            @Nullable String html,
            String text,
            List<Attachment> attachments) {
        this(to, senderName, replyTo, messageId, subject, html, text, attachments, List.of(), null);
    }

    /** A file of the report, with the name that the recipient sees. */
    public record Attachment(String name, String type, byte[] bytes) {}

    /** An image that the HTML shows as {@code cid:} and its content id. */
    public record Image(String contentId, String type, byte[] bytes) {}
}
