package io.weekly.access;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from. It is the address of the connection, or the one that a proxy names, if the settings
 * {@code quarkus.http.proxy.*} trust that proxy. If the proxy names something that is no IP address, it is the address of the connection:
 * the text ends up in the audit trail, and its sender must not choose it.
 *
 * @param text an IP address in its canonical form (RFC 5952)
 */
public record ClientAddress(String text) {

    private static final String UNKNOWN = "unknown";
    private static final int MAX_CHARACTERS = 64;
    private static final int IPV6_BYTES = 16;
    /** A provider gives each customer a network of this size at least, so a client may change the rest of its address at will. */
    private static final int NETWORK_BYTES = 8;

    public static ClientAddress of(HttpServerRequest request) {
        return of(request.remoteAddress(), request.connection().remoteAddress());
    }

    static ClientAddress of(@Nullable SocketAddress named, @Nullable SocketAddress connected) {
        return new ClientAddress(canonical(named).or(() -> canonical(connected)).orElse(UNKNOWN));
    }

    /** Empty for a name, or whatever else is no IP address. No name is looked up. */
    private static Optional<String> canonical(@Nullable SocketAddress remote) {
        var text = remote == null ? null : remote.hostAddress() == null ? remote.host() : remote.hostAddress();
        return text == null || text.length() > MAX_CHARACTERS ? Optional.empty() : canonical(text);
    }

    private static Optional<String> canonical(String text) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(text);
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(NetUtil.toAddressString(InetAddress.getByAddress(bytes)));
        } catch (UnknownHostException e) {
            throw new UncheckedIOException("an address has another length than 4 or 16 bytes", e);
        }
    }

    /** What one client can be expected to own: an IPv4 address, or the first 64 bits of an IPv6 address. */
    String network() {
        var bytes = NetUtil.createByteArrayFromIpAddressString(text);
        return bytes == null || bytes.length != IPV6_BYTES
                ? text
                : HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)) + "::/64";
    }
}
