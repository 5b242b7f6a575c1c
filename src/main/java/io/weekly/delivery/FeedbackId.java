package io.weekly.delivery;

import java.util.Locale;

/**
 * The header {@code Feedback-ID}: {@code campaign:customer:type:sender}. Google's Postmaster Tools count complaints by its fields (<a
 * href="https://support.google.com/mail/answer/6254652">Feedback loop</a>). There are at most four. The last one has 5 to 15 characters and
 * is the same in all mails. The header names a definition and a tenant, never a person.
 */
public final class FeedbackId {

    /** The name of the header. */
    public static final String HEADER = "Feedback-ID";

    private static final String SENDER = "weekly-reports";
    private static final int MAX_FIELD_CHARACTERS = 64;

    /** What kind of mail it is. */
    public enum Type {
        /** The report of a recipient. */
        REPORT,
        /** The report of a recipient, sent to somebody else. */
        SAMPLE,
        /** A letter to the owner of a schedule. */
        LETTER
    }

    private FeedbackId() {}

    /**
     * The value of the header.
     *
     * @param campaign the definition, or what a letter is about
     * @param customer the slug of the tenant; may be empty
     */
    public static String of(String campaign, String customer, Type type) {
        return String.join(":", field(campaign), field(customer), type.name().toLowerCase(Locale.ROOT), SENDER);
    }

    /** Only characters that need no encoding in a header. A colon would begin the next field. */
    private static String field(String text) {
        var plain = text.replaceAll("[^A-Za-z0-9._-]", "-");
        return plain.substring(0, Math.min(plain.length(), MAX_FIELD_CHARACTERS));
    }
}
