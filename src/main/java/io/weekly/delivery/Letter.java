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
public record Letter(
        String to,
        String senderName,
        String replyTo,
        String messageId,
        String subject,
        String html,
        String text,
        List<Attachment> attachments) {

    /** A file of the report under the name that the recipient sees. */
    public record Attachment(String name, String type, byte[] bytes) {}
}
