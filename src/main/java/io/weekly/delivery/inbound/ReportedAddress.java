package io.weekly.delivery.inbound;

import java.util.Optional;
import java.util.regex.Pattern;

/** An address as mail systems write it: {@code rfc822; bea@acme.test}, {@code utf-8;bea@m\x{FC}ller.example}, {@code <bea@acme.test>}. */
final class ReportedAddress {

    private static final int MAX_LENGTH = 600;
    /** RFC 3464, section 2.3.1, and RFC 6533, section 3. */
    private static final Pattern TYPE = Pattern.compile("^(?i:rfc822|utf-8)\\s{0,9};");
    /** RFC 6533, section 3: utf-8-addr-xtext. */
    private static final Pattern ESCAPED = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{2,6})}");

    private ReportedAddress() {}

    /** The address alone; empty if there is none, or if it is of another type, such as X.400. */
    static Optional<String> of(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        var address = TYPE.matcher(text.strip()).replaceFirst("").strip();
        var open = address.lastIndexOf('<');
        if (open >= 0 && address.endsWith(">")) {
            address = address.substring(open + 1, address.length() - 1);
        }
        var plain = ESCAPED.matcher(address).replaceAll(code -> character(Integer.parseInt(code.group(1), 16))).strip();
        return plain.indexOf('@') > 0 && plain.indexOf(';') < 0 ? Optional.of(plain) : Optional.empty();
    }

    private static String character(int codePoint) {
        return Character.isValidCodePoint(codePoint) && codePoint != '\\' && codePoint != '$' ? Character.toString(codePoint) : "";
    }
}
