package io.weekly.webhook;

import io.weekly.text.HostName;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address of an endpoint, in its normal form: the scheme and the host in lower case, the host as an A-label (RFC 5891) without a dot at
 * its end. The text of an address does not tell whether its host is allowed: {@link EndpointAddresses} does.
 *
 * @param secure whether it is https
 * @param host a name or an IP literal without brackets
 * @param port from 1 to 65535
 * @param path the path and the query, as they are sent
 */
record WebhookUrl(boolean secure, String host, int port, String path) {

    static final int MAX_LENGTH = 2000;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int MAX_HOST = 253;
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-fA-F:.]{2,45}\\]|[^\\[\\]:]+)(?::([0-9]{1,5}))?");
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    /** What a text is. */
    sealed interface Parsed {
        /** An address. */
        record Valid(WebhookUrl url) implements Parsed {}

        /** None; the reason reads as "must …". */
        record Invalid(String reason) implements Parsed {}
    }

    static Parsed parse(String text, boolean allowHttp) {
        if (text.length() > MAX_LENGTH) {
            return new Parsed.Invalid("must have at most %d characters".formatted(MAX_LENGTH));
        }
        try {
            return parse(new URI(text), allowHttp);
        } catch (URISyntaxException e) {
            return new Parsed.Invalid("must be an address like https://hooks.example.com/reports");
        }
    }

    private static Parsed parse(URI uri, boolean allowHttp) {
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        var secure = scheme.equals("https");
        if (!secure && !(allowHttp && scheme.equals("http"))) {
            return new Parsed.Invalid(allowHttp ? "must begin with https:// or http://" : "must begin with https://");
        }
        var authority = uri.getRawAuthority();
        if (authority == null) {
            return new Parsed.Invalid("must have a host");
        }
        if (authority.contains("@")) {
            return new Parsed.Invalid("must not contain a user or a password");
        }
        if (uri.getRawFragment() != null) {
            return new Parsed.Invalid("must not have a fragment (#)");
        }
        var parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            return new Parsed.Invalid("must have a host, and a port from 1 to 65535 or none");
        }
        var port = parts.group(2) == null ? (secure ? HTTPS : HTTP) : Integer.parseInt(parts.group(2));
        if (port < 1 || port > 65_535) {
            return new Parsed.Invalid("must have a port from 1 to 65535 or none");
        }
        return host(parts.group(1))
                .<Parsed>map(host -> new Parsed.Valid(new WebhookUrl(secure, host, port, path(uri))))
                .orElseGet(() -> new Parsed.Invalid("must have the name of a host, four decimal numbers or an IPv6 address in brackets"));
    }

    /** The path and query in ASCII; other characters are escaped as UTF-8. */
    private static String path(URI uri) {
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var relative = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        // Without a scheme a path that begins with two slashes would be read as a host.
        return URI.create("x:" + relative).toASCIIString().substring(2);
    }

    private static Optional<String> host(String written) {
        if (written.startsWith("[")) {
            return IpLiteral.parse(written.substring(1, written.length() - 1)).map(InetAddress::getHostAddress);
        }
        // Wide digits and dots become plain ones, so this comes before any other check.
        return HostName.ascii(written).map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name).filter(name ->
                IpLiteral.parse(name).isPresent()
                        || NAME.matcher(name).matches() && name.length() <= MAX_HOST && !IpLiteral.looksLikeNumber(name));
    }

    /** The host with brackets around an IPv6 address, and the port unless it is the usual one. */
    String authority() {
        var name = host.contains(":") ? "[" + host + "]" : host;
        return port == (secure ? HTTPS : HTTP) ? name : name + ":" + port;
    }

    /** The address as text. */
    String text() {
        return (secure ? "https://" : "http://") + authority() + path;
    }
}
