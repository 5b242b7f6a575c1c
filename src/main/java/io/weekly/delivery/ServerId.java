package io.weekly.delivery;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id that a mail server gives a mail in its last reply. Providers name the mail by it in their events, even if they replace the
 * Message-ID. The first of these forms that matches counts. A reply of another form has no id: SMTP does not define one (RFC 5321, 4.2).
 *
 * <table>
 * <caption>Forms of replies</caption>
 * <tr><td>{@code 250 2.0.0 Ok: queued as 4Qx1Zt2bN9z1}</td><td>Postfix, SendGrid, Mailjet and others</td></tr>
 * <tr><td>{@code 250 OK id=1rA2bC-000000001Xy-0aBc}</td><td>Exim</td></tr>
 * <tr><td>{@code 250 2.6.0 <…> [InternalId=123456, Hostname=…] Queued mail for delivery}</td><td>Exchange: the InternalId</td></tr>
 * <tr><td>{@code 250 2.0.0 4AQ1bcde012345 Message accepted for delivery}</td><td>Sendmail</td></tr>
 * <tr><td>{@code 250 Ok 0102018c2d3e-…-000000}, {@code 250 2.0.0 OK 0102018c2d3e-…}</td><td>Amazon SES, SparkPost: a single word</td></tr>
 * </table>
 */
public final class ServerId {

    /** As many characters as its column has. */
    public static final int MAX_LENGTH = 100;

    private static final int MAX_REPLY = 1000;
    private static final String ID = "([A-Za-z0-9][A-Za-z0-9._+=/@-]{5,99})";
    private static final String END = "(?![A-Za-z0-9._+=/@-])";
    private static final String OK = "^\\s{0,9}(?:250[ -])?\\s{0,9}(?:2\\.\\d{1,3}\\.\\d{1,3}\\s{1,9})?";
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("\\bqueued as:?\\s{1,9}<?" + ID + END, Pattern.CASE_INSENSITIVE),
            Pattern.compile("\\bInternalId=([0-9]{6,30})\\b", Pattern.CASE_INSENSITIVE),
            Pattern.compile("\\bid=<?" + ID + END, Pattern.CASE_INSENSITIVE),
            Pattern.compile(OK + ID + "\\s{1,9}Message accepted for delivery", Pattern.CASE_INSENSITIVE),
            Pattern.compile(OK + "Ok:?\\s{1,9}<?" + ID + ">?\\s{0,9}$", Pattern.CASE_INSENSITIVE));

    private ServerId() {}

    /** The id in the reply, at most {@link #MAX_LENGTH} characters; empty if it has none. */
    public static Optional<String> in(String reply) {
        var text = reply.length() > MAX_REPLY ? reply.substring(0, MAX_REPLY) : reply;
        return FORMS.stream()
                .map(form -> form.matcher(text))
                .map(matcher -> matcher.find() ? clean(matcher.group(1)) : null)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Without a full stop that ends the sentence. */
    private static String clean(String id) {
        return id.endsWith(".") ? id.substring(0, id.length() - 1) : id;
    }
}
