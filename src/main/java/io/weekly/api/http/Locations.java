package io.weekly.api.http;

import java.net.URI;

/**
 * The value of the header {@code Location}. It is a path (RFC 9110, section 10.2.2), because an address with a host would repeat the
 * header {@code Host}, which a client or a proxy may set to anything.
 */
public final class Locations {

    private Locations() {}

    /** The path of an address, with the prefix of a trusted proxy if there is one. */
    public static String path(URI address) {
        // A path with two slashes in front would name a host.
        return "/" + address.getRawPath().replaceFirst("^/+", "");
    }
}
