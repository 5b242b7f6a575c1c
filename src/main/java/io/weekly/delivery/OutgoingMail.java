package io.weekly.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mail that is ready to be sent.
 *
 * @param senderName stands before the sender address of the service; null for none
 * @param replyTo null for none
 * @param html null if the mail has only text
 * @param messageId with its angle brackets; the same in all attempts
 * @param headers more headers by name: ASCII values in the form that each header has. They are folded where they have a space
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
        Map<String, String> headers) {

    /** A mail without more headers. */
    public OutgoingMail(
            String to,
            @Nullable String senderName,
            @Nullable String replyTo,
            String messageId,
            String subject,
            @Nullable String html,
            String text,
            List<Attachment> attachments,
            List<Image> images) {
        this(to, senderName, replyTo, messageId, subject, html, text, attachments, images, Map.of());
    }

    /** A mail without images. */
    public OutgoingMail(
            String to,
            @Nullable String senderName,
            @Nullable String replyTo,
            String messageId,
            String subject,
            @Nullable String html,
            String text,
            List<Attachment> attachments) {
        this(to, senderName, replyTo, messageId, subject, html, text, attachments, List.of());
    }

    /** The same with one more header. */
    public OutgoingMail with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new OutgoingMail(to, senderName, replyTo, messageId, subject, html, text, attachments, images, more);
    }

    /**
     * The same with the address where the reader unsubscribes. Mail programs do it by one request only if the address is https (RFC 8058,
     * section 3.1).
     */
    public OutgoingMail withUnsubscribe(String address) {
        var named = with("List-Unsubscribe", "<" + address + ">");
        return address.startsWith("https:") ? named.with("List-Unsubscribe-Post", "List-Unsubscribe=One-Click") : named;
    }

    /** A file of the report, with the name that the recipient sees. */
    public record Attachment(String name, String type, byte[] bytes) {}

    /** An image that the HTML shows as {@code cid:} and its content id. */
    public record Image(String contentId, String type, byte[] bytes) {}
}
