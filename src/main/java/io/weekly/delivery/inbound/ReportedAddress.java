package io.weekly.delivery.inbound;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address as mail systems write it: {@code rfc822; bea@acme.test}, {@code utf-8;bea@m\x{FC}ller.example}, {@code <bea@acme.test>}. Many
 * write comments, quotes, a source route, or a type of their own such as {@code smtp} or {@code internet}. They all count if an address
 * follows.
 */
final class ReportedAddress {

    private static final int MAX_LENGTH = 600;
    /** RFC 3464, section 2.1.2; RFC 6533, section 3. Not only the registered types. */
    private static final Pattern TYPE = Pattern.compile("^[A-Za-z0-9][A-Za-z0-9-]{0,39}\\s{0,9};");
    private static final Pattern ADDRESS_TYPE = Pattern.compile("^(?i:rfc-?822|utf-8)\\s{0,9};");
    /** RFC 6533, section 3: utf-8-addr-xtext. */
    private static final Pattern ESCAPED = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{2,6})}");
    /** The name of a mailbox without its domain. */
    private static final Pattern LOCAL_NAME = Pattern.compile("[A-Za-z0-9._+-]{1,64}");

    private ReportedAddress() {}

    /** The address alone; empty if there is none, or if it is of another kind, such as X.400. */
    static Optional<String> of(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        var address = withoutType(text);
        var open = address.lastIndexOf('<');
        if (open >= 0 && address.endsWith(">")) {
            address = address.substring(open + 1, address.length() - 1);
        }
        var plain = plain(ESCAPED.matcher(address).replaceAll(code -> character(Integer.parseInt(code.group(1), 16))));
        return plain.indexOf('@') > 0 && plain.indexOf(';') < 0 && !plain.startsWith("/") ? Optional.of(plain) : Optional.empty();
    }

    /**
     * Whether it names a mailbox of the mail system that writes it, such as {@code LOCAL; bea}, and no address. With the type
     * {@code rfc822} such a name is the member of an alias.
     */
    static boolean isLocalName(String text) {
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        var typed = HeaderComments.remove(text);
        return TYPE.matcher(typed).lookingAt()
                && !ADDRESS_TYPE.matcher(typed).lookingAt()
                && LOCAL_NAME.matcher(plain(withoutType(typed))).matches();
    }

    private static String withoutType(String text) {
        return TYPE.matcher(HeaderComments.remove(text)).replaceFirst("").strip();
    }

    /** Without quotes, {@code mailto:}, a source route (RFC 5321, appendix C), and a full stop at the end of the domain. */
    private static String plain(String text) {
        var address = text.strip();
        if (address.length() > 1 && address.startsWith("'") && address.endsWith("'")) {
            address = address.substring(1, address.length() - 1);
        }
        address = address.replace("\"", "").strip();
        if (address.toLowerCase(Locale.ROOT).startsWith("mailto:")) {
            address = address.substring("mailto:".length());
        }
        if (address.startsWith("@")) {
            address = address.substring(address.indexOf(':') + 1);
        }
        return (address.endsWith(".") ? address.substring(0, address.length() - 1) : address).strip();
    }

    private static String character(int codePoint) {
        return Character.isValidCodePoint(codePoint) && codePoint != '\\' && codePoint != '$' ? Character.toString(codePoint) : "";
    }
}
