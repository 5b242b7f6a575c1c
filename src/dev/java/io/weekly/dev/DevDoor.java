package io.weekly.dev;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/**
 * Lets only those in to {@code /dev/…} who call this machine by its own name. There are tokens, mails and rows without a password, and a
 * web page whose host name suddenly means 127.0.0.1 (DNS rebinding) would be of the same origin for a browser.
 */
@Singleton
class DevDoor {

    private static final Pattern HERE = Pattern.compile("(?i)(localhost|[a-z0-9-]+\\.localhost|127\\.0\\.0\\.1|\\[?::1]?)");
    /** Before anything answers. */
    private static final int FIRST = 1000;

    void register(@Observes Filters filters) {
        filters.register(DevDoor::check, FIRST);
    }

    private static void check(RoutingContext request) {
        // HTTP/2 has no Host header: this is either.
        var authority = request.request().authority();
        var here = authority != null && HERE.matcher(authority.host()).matches();
        if (request.request().path().startsWith("/dev/") && !here) {
            request.response().setStatusCode(403).end("Dev mode answers to localhost only.\n");
        } else {
            request.next();
        }
    }
}
