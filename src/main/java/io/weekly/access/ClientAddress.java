package io.weekly.access;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Where a request comes from. It is the address of the connection, or the one that a proxy names, if the settings
 * {@code quarkus.http.proxy.*} trust that proxy.
 *
 * @param text an IP address; of a proxy that hides its clients, whatever it names instead
 */
public record ClientAddress(String text) {

    private static final String UNKNOWN = "unknown";
    private static final int MAX_CHARACTERS = 64;
    private static final int IPV6_BYTES = 16;
    /** A provider gives each customer a network of this size at least, so a client may change the rest of its address at will. */
    private static final int NETWORK_BYTES = 8;

    public static ClientAddress of(HttpServerRequest request) {
        var remote = request.remoteAddress();
        var text = remote == null ? UNKNOWN : Objects.requireNonNullElse(remote.hostAddress(), remote.host());
        return new ClientAddress(text == null ? UNKNOWN : text.substring(0, Math.min(text.length(), MAX_CHARACTERS)));
    }

    /** What one client can be expected to own: an IPv4 address, or the first 64 bits of an IPv6 address. */
    String network() {
        var bytes = NetUtil.createByteArrayFromIpAddressString(text);
        return bytes == null || bytes.length != IPV6_BYTES
                ? text
                : HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)) + "::/64";
    }
}
