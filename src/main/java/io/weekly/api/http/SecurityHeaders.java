package io.weekly.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Adds the headers that tell browsers and caches what they must not do with a response. A resource that needs another value sets the header
 * itself. So a new resource is private, and may load nothing, unless it says otherwise.
 *
 * <p>Pages of Quarkus (Swagger UI) and of dev mode load scripts and contain no data of tenants, so they get neither a policy nor a rule for
 * caches.
 */
@ApplicationScoped
class SecurityHeaders {

    /** Before all filters that write a response. */
    private static final int FIRST = 4000;
    private static final List<String> PAGES = List.of("/q/", "/dev/");
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence HSTS = HttpHeaders.createOptimized("Strict-Transport-Security");
    /** A response of the API is data. If a browser opens it as a page, the page loads nothing, and no other page may frame it. */
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
    /** No cache may keep the response. */
    private static final String NO_STORE = "no-store";
    /** The browser may keep the response, but has to ask with its ETag before each use. */
    private static final String ASK_FIRST = "private, no-cache";

    private final Optional<String> hsts;

    SecurityHeaders(HttpConfig config) {
        this.hsts = config.hstsMaxAge().map(age -> "max-age=" + age.toSeconds());
    }

    void register(@Observes Filters filters) {
        filters.register(request -> {
            request.addHeadersEndHandler(_ -> add(request));
            request.next();
        }, FIRST);
    }

    /** Adds the headers that the response does not have yet. */
    void add(RoutingContext request) {
        var headers = request.response().headers();
        headers.set(NOSNIFF, "nosniff");
        hsts.ifPresent(value -> headers.set(HSTS, value));
        if (isPage(RequestPaths.normalized(request))) {
            return;
        }
        if (!headers.contains(POLICY)) {
            headers.set(POLICY, NOTHING);
        }
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            var hasVersion = READS.contains(request.request().method()) && headers.contains(HttpHeaders.ETAG);
            headers.set(HttpHeaders.CACHE_CONTROL, hasVersion ? ASK_FIRST : NO_STORE);
        }
    }

    private static boolean isPage(String path) {
        return PAGES.stream().anyMatch(path::startsWith);
    }
}
