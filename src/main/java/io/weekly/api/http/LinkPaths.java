package io.weekly.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Protects the tokens in the paths of links: no cache, other site, log line or error document gets one. */
@ApplicationScoped
class LinkPaths {

    private static final String PREFIX = "/d/";
    private static final String REFERRER_POLICY = "Referrer-Policy";
    /** Before every filter that may answer a request. */
    private static final int FIRST = 4000;

    void register(@Observes Filters filters) {
        filters.register(LinkPaths::protect, FIRST);
    }

    /** Sets the headers when the answer is about to be sent, so that errors have them too. */
    private static void protect(RoutingContext request) {
        if (request.normalizedPath().startsWith(PREFIX)) {
            request.addHeadersEndHandler(_ -> request.response()
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .putHeader(REFERRER_POLICY, "no-referrer"));
        }
        request.next();
    }

    /** The path as logs and error documents may show it: without the token of a link. */
    static String withoutToken(String path) {
        return path.startsWith(PREFIX) || path.startsWith(PREFIX.substring(1)) ? PREFIX : path;
    }
}
