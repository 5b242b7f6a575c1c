package io.weekly.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.weekly.text.Ellipsis;
import io.weekly.text.Spelling;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses query parameters that the operation does not have, and those that are given twice, except on the addresses in mails. JAX-RS would
 * ignore them, so a misspelt filter would return everything. The names are those of the OpenAPI document, in the same case. Like the
 * methods, they are checked without a token, because {@code /q/openapi} publishes them.
 */
@ApplicationScoped
class QueryParameters {

    /** After HeaderCheck and before resources are matched. Filters with a higher priority run first. */
    private static final int AFTER_HEADERS = 30;
    private static final int MAX_NAME_CHARACTERS = 100;

    private final DescribedPaths paths;
    private final ProblemWriter problems;

    QueryParameters(DescribedPaths paths, ProblemWriter problems) {
        this.paths = paths;
        this.problems = problems;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_HEADERS);
    }

    private void check(RoutingContext request) {
        fault(request).ifPresentOrElse(fault -> problems.write(request, 400, fault), request::next);
    }

    private Optional<String> fault(RoutingContext request) {
        var normalized = RequestPaths.normalized(request);
        var path = paths.find(normalized);
        var known = path.map(found -> found.queryByMethod().get(request.request().method().name()));
        if (known.isEmpty()) {
            return Optional.empty();
        }
        if (normalized.indexOf(';') >= 0) {
            return Optional.of("The path has a parameter after a semicolon. Parameters follow a question mark.");
        }
        // Mail systems add parameters to the links in a mail (utm_source, for example). Nothing reads them.
        return LinkPaths.isLink(normalized) ? Optional.empty() : query(request).flatMap(query -> fault(query, known.get()));
    }

    /** Empty if the query has an invalid percent encoding. Quarkus answers such a request. */
    private static Optional<MultiMap> query(RoutingContext request) {
        try {
            return Optional.of(request.queryParams());
        } catch (HttpException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> fault(MultiMap query, Set<String> known) {
        for (var name : query.names()) {
            if (!known.contains(name)) {
                return Optional.of(unknown(name, known));
            }
            if (query.getAll(name).size() > 1) {
                return Optional.of("The query parameter %s is given more than once.".formatted(name));
            }
        }
        return Optional.empty();
    }

    private static String unknown(String name, Set<String> known) {
        var hint = Spelling.hint(name, known);
        return "The query parameter %s is unknown%s %s".formatted(
                Ellipsis.shorten(name, MAX_NAME_CHARACTERS),
                hint.isEmpty() ? "." : hint,
                known.isEmpty() ? "This call has none." : "This call has: %s.".formatted(String.join(", ", known)));
    }
}
