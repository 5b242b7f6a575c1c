package io.weekly.delivery;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one delivery of a report, in the Message-ID of its mail and in the header {@link #HEADER}. Mail systems send both back. Some
 * providers replace the Message-ID, but keep headers that they do not know.
 *
 * <p>The reference has no MAC. Whoever has the mail knows both, so a MAC would prove no more than the id of the report, of which 74 bits
 * are random.
 *
 * @param reportId 32 hex digits in lower case
 * @param number of the delivery, from 1; 0 for the latest
 */
public record DeliveryReference(String reportId, int number) {

    /** The header of each report mail. Its value is {@link #text}. */
    public static final String HEADER = "X-Weekly-Report";

    private static final int MAX_TEXT = 300;
    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{32})\\.([1-9][0-9]{0,8})");

    /** The latest delivery of a report, whichever it is. */
    public static DeliveryReference latest(String reportId) {
        return new DeliveryReference(reportId, 0);
    }

    /** The value of the header. */
    public String text() {
        return reportId + "." + number;
    }

    /** The Message-ID, with its angle brackets. */
    public String messageId(String domain) {
        return "<%s@%s>".formatted(text(), domain);
    }

    /** The reference in a value of the header; empty if it has another form. */
    public static Optional<DeliveryReference> ofText(String text) {
        var matcher = TEXT.matcher(text.length() > MAX_TEXT ? "" : text.strip());
        return matcher.matches()
                ? Optional.of(new DeliveryReference(matcher.group(1), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /**
     * The reference in a Message-ID, with or without its angle brackets; empty if it is not one of a report's mail. The domain may be any:
     * it is that of the sender address, which can change.
     */
    public static Optional<DeliveryReference> ofMessageId(String messageId) {
        var at = messageId.length() > MAX_TEXT ? -1 : messageId.indexOf('@');
        return at < 0 ? Optional.empty() : ofText(messageId.substring(0, at).replace("<", ""));
    }
}
