package io.weekly.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers OPTIONS, and requests with a method that the resource does not have, with the header Allow (RFC 9110, section 15.5.6). JAX-RS
 * would give wrong lists: the methods of all paths with the same beginning, and the methods of only one class if several classes share a
 * path. Requests need no token here, because {@code /q/openapi} publishes the same methods without a token.
 */
@ApplicationScoped
class AllowedMethods {

    /** After CORS and before resources are matched. Filters with a higher priority run first. */
    private static final int AFTER_CORS = 50;

    private final DescribedPaths paths;
    private final ProblemWriter problems;

    AllowedMethods(DescribedPaths paths, ProblemWriter problems) {
        this.paths = paths;
        this.problems = problems;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_CORS);
    }

    private void check(RoutingContext request) {
        var path = paths.find(RequestPaths.normalized(request));
        var method = request.request().method();
        if (path.isEmpty() || path.get().methods().contains(method.name()) && method != HttpMethod.OPTIONS) {
            request.next();
            return;
        }
        request.response().putHeader(HttpHeaders.ALLOW, String.join(", ", path.get().methods()));
        if (method == HttpMethod.OPTIONS) {
            request.response().setStatusCode(204).end();
        } else {
            problems.write(request, 405, "This is not a method for this resource.");
        }
    }
}
