package io.weekly.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Answers OPTIONS, and requests with a method that the resource does not have, with the header Allow (RFC 9110, section 15.5.6). JAX-RS
 * would give wrong lists: the methods of all paths with the same beginning, and the methods of only one class if several classes share a
 * path. The methods are read from the OpenAPI document. Requests need no token here, because {@code /q/openapi} publishes the same methods
 * without a token.
 */
@ApplicationScoped
class AllowedMethods {

    /** The OpenAPI document that the build generates for {@code /q/openapi}. */
    private static final String DESCRIPTION = "META-INF/quarkus-generated-openapi-doc.JSON";
    /** After CORS and before resources are matched. Filters with a higher priority run first. */
    private static final int AFTER_CORS = 50;

    private final ProblemWriter problems;
    /** Paths without a variable come first, as in JAX-RS. */
    private final List<Resource> resources;

    AllowedMethods(ObjectMapper json, ProblemWriter problems) {
        this.problems = problems;
        this.resources = read(json).get("paths").propertyStream()
                .map(path -> Resource.of(path.getKey(), path.getValue()))
                .sorted(Comparator.comparing(resource -> !resource.path().isExact()))
                .toList();
    }

    private static JsonNode read(ObjectMapper json) {
        try (var file = Thread.currentThread().getContextClassLoader().getResourceAsStream(DESCRIPTION)) {
            if (file == null) {
                throw new FileNotFoundException(DESCRIPTION);
            }
            return json.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Resource(PathTemplate path, Set<String> methods) {

        static Resource of(String template, JsonNode operations) {
            var methods = new TreeSet<String>(Set.of("OPTIONS"));
            operations.fieldNames().forEachRemaining(method -> methods.add(method.toUpperCase(Locale.ROOT)));
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            return new Resource(PathTemplate.of(template), methods);
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_CORS);
    }

    private void check(RoutingContext request) {
        var resource = find(request.normalizedPath());
        var method = request.request().method();
        if (resource.isEmpty() || resource.get().methods().contains(method.name()) && method != HttpMethod.OPTIONS) {
            request.next();
            return;
        }
        request.response().putHeader(HttpHeaders.ALLOW, String.join(", ", resource.get().methods()));
        if (method == HttpMethod.OPTIONS) {
            request.response().setStatusCode(204).end();
        } else {
            problems.write(request, 405, "This is not a method for this resource.");
        }
    }

    private Optional<Resource> find(String path) {
        var pieces = PathTemplate.pieces(path);
        for (var resource : resources) {
            if (resource.path().matches(pieces)) {
                return Optional.of(resource);
            }
        }
        return Optional.empty();
    }
}
