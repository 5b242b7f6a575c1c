package io.weekly.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as text, without any lookup. */
final class IpLiteral {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("%s\\.%s\\.%s\\.%s".formatted(OCTET, OCTET, OCTET, OCTET));
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");

    private IpLiteral() {}

    /**
     * The address of four decimal numbers or of an IPv6 literal without brackets and zone. An IPv4-mapped IPv6 address is the IPv4 address:
     * the JDK connects to that. Empty for any other text.
     */
    static Optional<InetAddress> parse(String text) {
        if (!IPV4.matcher(text).matches() && !(text.contains(":") && IPV6.matcher(text).matches())) {
            return Optional.empty();
        }
        try {
            // No name has this form, so the JDK looks nothing up.
            return Optional.of(InetAddress.getByAddress(InetAddress.getByName(text).getAddress()));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether programs may read a host as an IPv4 address in a special notation, such as {@code 2130706433}, {@code 0x7f.1} or
     * {@code 0177.0.0.1}: its last label is a number (WHATWG URL, "ends in a number").
     */
    static boolean looksLikeNumber(String host) {
        return NUMBER.matcher(host.substring(host.lastIndexOf('.') + 1)).matches();
    }
}
