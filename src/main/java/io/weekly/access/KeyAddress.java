package io.weekly.access;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Whether the keys of the token issuer may be read from an address. Whoever can change an answer on its way could give the service a key
 * of their own, and then sign tokens for every tenant. So the address must be https, except on this machine.
 */
public final class KeyAddress {

    /** Names and addresses of the loopback interface (RFC 6761, section 6.3; RFC 5735; RFC 4291). Nothing is looked up. */
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

    private KeyAddress() {}

    /**
     * Whether the answer of this address can be trusted on its way.
     *
     * @param location an address, or a file, which is always trusted
     */
    public static boolean isTrusted(String location) {
        return !location.strip().toLowerCase(Locale.ROOT).startsWith("http:") || isLoopback(location.strip());
    }

    private static boolean isLoopback(String address) {
        try {
            return LOOPBACK.matcher(Objects.requireNonNullElse(URI.create(address).getHost(), "").toLowerCase(Locale.ROOT)).matches();
        } catch (IllegalArgumentException e) {
            return false; // no address at all, so not one of this machine
        }
    }
}
