package io.weekly.delivery.inbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bounce without a machine-readable part, as old versions of Exim and all of qmail write it. Only these two forms are read, because a
 * vacation notice is a plain text too.
 *
 * @param returned the header of the mail, which stands behind a line that says so
 */
record TextBounce(List<Refusal> refusals, Fields returned) {

    private static final int MAX_REFUSALS = 20;
    private static final int MAX_TEXT = 1000;
    private static final String EXIM = "x-failed-recipients";
    private static final Pattern QMAIL = Pattern.compile("^\\s{0,9}Hi\\. This is the qmail-send program");
    private static final Pattern COPY = Pattern.compile(
            "^(?:-{2,20}.{0,60}|(?:Below|Enclosed) .{0,40})"
                    + "\\b(?:copy of the (?:message|mail|body|headers?)|original (?:message|mail|headers?)).{0,80}",
            Pattern.CASE_INSENSITIVE);
    /** {@code <bea@acme.test>:} (qmail), {@code   bea@acme.test} (Exim) */
    private static final Pattern RECIPIENT = Pattern.compile("^(?:<([^<>\\s]{3,320})>:| {1,4}([^<>\\s@]{1,200}@[^<>\\s]{1,254}))\\s{0,9}");

    /** What the mail system said about one recipient. */
    record Refusal(String recipient, String text) {}

    /** The bounce; empty if the message is none. */
    static Optional<TextBounce> read(MailSystemMessage message) {
        if (message.header().find(EXIM).isEmpty() && !QMAIL.matcher(message.text()).lookingAt()) {
            return Optional.empty();
        }
        var explanation = new ArrayList<String>();
        var copy = new StringBuilder();
        var isCopy = false;
        for (var line : (Iterable<String>) message.text().lines()::iterator) {
            if (isCopy) {
                copy.append(line).append('\n');
            } else if (COPY.matcher(line).lookingAt()) {
                isCopy = true;
            } else {
                explanation.add(line);
            }
        }
        var returned = message.returned() != null ? message.returned() : Fields.first(copy.toString().stripLeading());
        return Optional.of(new TextBounce(refusals(explanation), returned));
    }

    /** The lines behind a recipient, up to a blank line or the next recipient. */
    private static List<Refusal> refusals(List<String> lines) {
        var refusals = new ArrayList<Refusal>();
        String recipient = null;
        var text = new StringBuilder();
        for (var line : lines) {
            var found = RECIPIENT.matcher(line);
            if (found.matches() || line.isBlank()) {
                add(refusals, recipient, text);
                recipient = line.isBlank() ? null : found.group(1) != null ? found.group(1) : found.group(2);
            } else if (text.length() < MAX_TEXT) {
                text.append(text.isEmpty() ? "" : " ").append(line.strip());
            }
        }
        add(refusals, recipient, text);
        return refusals;
    }

    private static void add(List<Refusal> refusals, @Nullable String recipient, StringBuilder text) {
        if (recipient != null && !text.isEmpty() && refusals.size() < MAX_REFUSALS) {
            refusals.add(new Refusal(recipient, text.substring(0, Math.min(text.length(), MAX_TEXT))));
        }
        text.setLength(0);
    }
}
