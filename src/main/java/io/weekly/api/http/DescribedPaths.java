package io.weekly.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The paths of the API, with their methods and query parameters, as the OpenAPI document has them. The document is generated from the
 * resources, so a filter that uses it covers every operation.
 */
@ApplicationScoped
class DescribedPaths {

    /** The OpenAPI document that the build generates for {@code /q/openapi}. */
    private static final String DESCRIPTION = "META-INF/quarkus-generated-openapi-doc.JSON";

    /** Paths without a variable come first, as in JAX-RS. */
    private final List<DescribedPath> paths;

    DescribedPaths(ObjectMapper json) {
        var document = read(json);
        paths = document.get("paths").propertyStream()
                .map(path -> new DescribedPath(PathTemplate.of(path.getKey()), queryByMethod(document, path.getValue())))
                .sorted(Comparator.comparing(path -> !path.template().isExact()))
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

    private static Map<String, Set<String>> queryByMethod(JsonNode document, JsonNode operations) {
        var query = new HashMap<String, Set<String>>();
        operations.properties().forEach(operation -> query.put(
                operation.getKey().toUpperCase(Locale.ROOT),
                parameters(document, operation.getValue())
                        .filter(parameter -> parameter.path("in").asText().equals("query"))
                        .map(parameter -> parameter.path("name").asText())
                        .collect(Collectors.toCollection(TreeSet::new))));
        if (query.containsKey("GET")) {
            query.put("HEAD", query.get("GET"));
        }
        return query;
    }

    /** The parameters of an operation. Some of them refer to a shared description. */
    private static Stream<JsonNode> parameters(JsonNode document, JsonNode operation) {
        return operation.path("parameters").valueStream().map(parameter -> parameter.has("$ref")
                ? document.at(parameter.get("$ref").asText().substring(1))
                : parameter);
    }

    /** The described path that a path matches; empty if the API has no such path. */
    Optional<DescribedPath> find(String path) {
        var pieces = PathTemplate.pieces(path);
        for (var described : paths) {
            if (described.template().matches(pieces)) {
                return Optional.of(described);
            }
        }
        return Optional.empty();
    }

    /** @param queryByMethod the names of the query parameters of each method */
    record DescribedPath(PathTemplate template, Map<String, Set<String>> queryByMethod) {

        /** The methods in the order of the alphabet, including OPTIONS, and HEAD if there is GET. */
        Set<String> methods() {
            var methods = new TreeSet<>(queryByMethod.keySet());
            methods.add("OPTIONS");
            return methods;
        }
    }
}
