package io.weekly.dev;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/**
 * Refuses requests to {@code /dev/…} whose host name is not localhost. These pages give tokens, mails and rows without a password. A web
 * page could make its own host name resolve to 127.0.0.1 (DNS rebinding), and a browser would then treat both as one origin.
 */
@Singleton
class LocalhostFilter {

    private static final Pattern LOCALHOST = Pattern.compile("(?i)(localhost|[a-z0-9-]+\\.localhost|127\\.0\\.0\\.1|\\[?::1]?)");
    /** A higher priority than that of all handlers that answer. */
    private static final int FIRST = 1000;

    void register(@Observes Filters filters) {
        filters.register(LocalhostFilter::check, FIRST);
    }

    private static void check(RoutingContext request) {
        // The Host header, or :authority in HTTP/2.
        var authority = request.request().authority();
        var isLocal = authority != null && LOCALHOST.matcher(authority.host()).matches();
        if (request.normalizedPath().startsWith("/dev/") && !isLocal) {
            request.response().setStatusCode(403).end("Dev mode answers to localhost only.\n");
        } else {
            request.next();
        }
    }
}
