package io.weekly.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Protects the tokens in the paths of links and of unsubscribe addresses: no cache, other site, log line or error document gets one. */
@ApplicationScoped
class LinkPaths {

    private static final List<String> PREFIXES = List.of("/d/", "/unsubscribe/");
    private static final int HEX = 16;
    /** The id and the beginning of the MAC of a token, anywhere in a path and also with the wrong case. */
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{32}\\.[a-z0-9_-]{8}");
    /** A character as its percent encoding, which may be encoded itself: {@code %64}, {@code %2564}. */
    private static final Pattern ENCODED = Pattern.compile("%(?:25)*([0-9a-f]{2})");
    private static final String REFERRER_POLICY = "Referrer-Policy";
    /** Before every filter that may answer a request. */
    private static final int FIRST = 4000;

    void register(@Observes Filters filters) {
        filters.register(LinkPaths::protect, FIRST);
    }

    /** Sets the headers when the answer is about to be sent, so that errors have them too. */
    private static void protect(RoutingContext request) {
        if (hasToken(RequestPaths.normalized(request))) {
            request.addHeadersEndHandler(_ -> request.response()
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .putHeader(REFERRER_POLICY, "no-referrer"));
        }
        request.next();
    }

    /** Whether it is the path of a link or of an unsubscribe address. */
    static boolean isLink(String path) {
        return PREFIXES.stream().anyMatch(path::startsWith);
    }

    /**
     * The path as logs and error documents may show it. If it is the path of a link, or has something that looks like a token in another
     * place or spelling, it is replaced as a whole.
     */
    static String withoutToken(String path) {
        if (!hasToken(path)) {
            return path;
        }
        return PREFIXES.stream().filter(path::startsWith).findFirst().orElse(PREFIXES.getFirst());
    }

    private static boolean hasToken(String path) {
        if (PREFIXES.stream().anyMatch(prefix -> path.startsWith(prefix) || path.startsWith(prefix.substring(1)))) {
            return true;
        }
        var decoded = ENCODED.matcher(path.toLowerCase(Locale.ROOT))
                .replaceAll(code -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(code.group(1), HEX))));
        return TOKEN.matcher(decoded).find();
    }
}
