package io.weekly.delivery;

import java.util.List;

/**
 * A mail that is ready to go.
 *
 * @param senderName stands before the service's own address; null for none
 * @param replyTo null for none
 * @param html null where the text is all
 * @param messageId with its angle brackets; the same on every attempt
 */
public record OutgoingMail(
        String to,
        String senderName,
        String replyTo,
        String messageId,
        String subject,
        String html,
        String text,
        List<Attachment> attachments,
        List<Image> images) {

    /** One that shows no image. */
    public OutgoingMail(
            String to,
            String senderName,
            String replyTo,
            String messageId,
            String subject,
            String html,
            String text,
            List<Attachment> attachments) {
        this(to, senderName, replyTo, messageId, subject, html, text, attachments, List.of());
    }

    /** A file of the report under the name that the recipient sees. */
    public record Attachment(String name, String type, byte[] bytes) {}

    /** An image that the HTML shows, by {@code cid:} and this. */
    public record Image(String contentId, String type, byte[] bytes) {}
}
