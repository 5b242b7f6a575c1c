package io.weekly.text;

import java.util.Locale;

/**
 * The one rule for mail addresses, wherever they come from: the API, uploads, tokens, settings.
 *
 * <p>An address is a dot-atom, {@code @}, and a domain name (RFC 5321, section 4.1.2). The domain is stored and sent as A-labels in lower
 * case (RFC 5891), because the mail client has no SMTPUTF8 (RFC 6531). For the same reason a local part is ASCII. Quoted local parts,
 * comments and address literals are refused: hardly anybody has such an address, and each would need quoting of its own in headers, logs
 * and exports. So an address has no blank, comma, angle bracket or line break, and cannot add a recipient or a header.
 */
public sealed interface EmailAddress {

    /** RFC 5321, section 4.5.3.1.3: a path has at most 256 octets, with its angle brackets. */
    int MAX_LENGTH = 254;

    /** RFC 5321, section 4.5.3.1.1. */
    int MAX_LOCAL_LENGTH = 64;

    /**
     * The longest text that is read, in UTF-16 units. A domain in Unicode can be longer than its A-labels, if its accents stand apart. The
     * limit keeps the time for a long text small.
     */
    int MAX_GIVEN_LENGTH = 1000;

    /**
     * A valid address.
     *
     * @param normal the form to store and to send: the local part as given, the domain as A-labels in lower case
     * @param comparison the form to compare: all in lower case. RFC 5321 lets a mail server distinguish case in local parts, but none that
     *     matters does
     */
    record Valid(String normal, String comparison) implements EmailAddress {

        /** The domain, as A-labels in lower case. */
        public String domain() {
            return normal.substring(normal.indexOf('@') + 1);
        }
    }

    /**
     * No valid address.
     *
     * @param reason for a person, after "must be an e-mail address: "; it never quotes the given text
     */
    record Invalid(String reason) implements EmailAddress {}

    /** Reads the address of a person: its domain has at least two labels. It never throws, and takes linear time. */
    static EmailAddress parse(String text) {
        var address = parseSender(text);
        return address instanceof Valid valid && valid.domain().indexOf('.') < 0
                ? new Invalid("its domain has no dot, as in example.com")
                : address;
    }

    /** Reads the address of this service as a sender. Its domain may be one label, such as {@code localhost}. */
    static EmailAddress parseSender(String text) {
        if (text.length() > MAX_GIVEN_LENGTH) {
            return tooLong();
        }
        var at = text.lastIndexOf('@');
        if (at < 0) {
            return new Invalid(text.indexOf('＠') < 0 ? "it has no @" : "its @ is a full-width character: write a plain @");
        }
        return LocalPart.fault(text.substring(0, at)).<EmailAddress>map(Invalid::new).orElseGet(() -> {
            var domain = DomainName.parse(text.substring(at + 1));
            return switch (domain) {
                case DomainName.Invalid(var reason) -> new Invalid(reason);
                case DomainName.Valid(var ascii) -> valid(text.substring(0, at) + "@" + ascii);
            };
        });
    }

    private static EmailAddress valid(String normal) {
        return normal.length() > MAX_LENGTH ? tooLong() : new Valid(normal, normal.toLowerCase(Locale.ROOT));
    }

    private static Invalid tooLong() {
        return new Invalid("it is longer than " + MAX_LENGTH + " characters");
    }

    /** The form to store and to send; the text itself if it is no valid address. */
    static String normal(String text) {
        return parseSender(text) instanceof Valid valid ? valid.normal() : text;
    }

    /** The form to compare; the text in lower case if it is no valid address, for example one that an earlier version stored. */
    static String comparison(String text) {
        return parseSender(text) instanceof Valid valid ? valid.comparison() : text.toLowerCase(Locale.ROOT);
    }
}
