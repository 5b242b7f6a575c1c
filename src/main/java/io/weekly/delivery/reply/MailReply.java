package io.weekly.delivery.reply;

import io.weekly.text.Ellipsis;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a mail system said about a mail.
 *
 * @param code the reply code of SMTP; 0 if none
 * @param status the enhanced status (RFC 3463), for example {@code 5.1.1}; null if none was given beside the text. A string that is no
 *     status counts as none
 * @param text all lines joined by a blank, with their codes or without; longer text is cut
 */
public record MailReply(Route route, Step step, int code, @Nullable String status, String text) {

    /** More than the longest reply that is known; what comes after it changes no decision. In characters. */
    public static final int MAX_TEXT_LENGTH = 4000;

    private static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");

    public MailReply {
        status = status != null && STATUS.matcher(status.strip()).matches() ? status.strip() : null;
        text = Ellipsis.shorten(text, MAX_TEXT_LENGTH);
    }

    private static final Pattern ADDRESS = Pattern.compile("\"[^\"@]{1,64}\"@\\S{1,255}|\\S{1,400}@\\S{1,255}");

    /** A reply without the addresses that it quotes, so that it may be logged and kept. They become {@code <address>}. */
    public static String withoutAddresses(String reply) {
        return ADDRESS.matcher(Ellipsis.shorten(reply, MAX_TEXT_LENGTH)).replaceAll("<address>");
    }

    /** A reply in the dialogue with the mail server; its lines still have their codes. */
    public static MailReply ofDialogue(Step step, int code, List<String> lines) {
        return new MailReply(Route.DIALOGUE, step, code, null, String.join(" ", lines));
    }
}
