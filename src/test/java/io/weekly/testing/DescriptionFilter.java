package io.weekly.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import io.weekly.api.http.Problem;
import io.weekly.api.upload.Uploads;
import io.weekly.testing.ApiDocument.Operation;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks every response against the API description: its status, media type, headers and body have to be described, and so have the
 * parameters and the body of each accepted request. Everything else has to be refused with a problem.
 */
public final class DescriptionFilter implements Filter {

    private static final String API = "/api/";
    /** Headers that have a meaning in this API. */
    private static final Set<String> API_HEADERS = Set.of(
            "ETag", "Location", "Retry-After", "Content-Range", "Content-Disposition", "WWW-Authenticate", "Accept-Ranges",
            "Idempotency-Replayed", "Cache-Control");
    private static final int MAX_LINES = 100;

    private final List<String> wrong = new ArrayList<>();

    @Override
    public Response filter(FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        var response = context.next(request, expected);
        var path = URI.create(request.getURI()).getRawPath();
        if (path.startsWith(API)) {
            check(request, path, response);
            if (!wrong.isEmpty()) {
                throw new AssertionError("%s %s answered %d, not as /q/openapi says:%n  %s%n%.2000s".formatted(
                        request.getMethod(), path, response.statusCode(), String.join("\n  ", wrong),
                        isJson(response) ? response.asString() : response.contentType()));
            }
        }
        return response;
    }

    private void check(FilterableRequestSpecification request, String path, Response response) {
        var document = ApiDocument.get();
        var template = document.template(path);
        if (template.isEmpty()) {
            expect(response.statusCode() == 404 && isProblem(request, response), "a path that is not described has to be a 404 problem");
            return;
        }
        var method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        var operation = document.operation(template.get(), method);
        if (operation.isPresent()) {
            answer(document, operation.get(), request, response);
        } else {
            other(request, response);
        }
    }

    /** OPTIONS works on each path. All other methods that are not described are refused. Both responses have Allow. */
    private void other(FilterableRequestSpecification request, Response response) {
        if (request.getMethod().equals("OPTIONS") && request.getHeaders().hasHeaderWithName("Origin")) {
            return; // a preflight request, which the CORS filter answers
        }
        if (request.getMethod().equals("OPTIONS")) {
            expect(response.statusCode() == 200 || response.statusCode() == 204, "OPTIONS has to be answered");
        } else {
            expect(response.statusCode() == 405 && isProblem(request, response), "a method that is not described has to be a 405 problem");
        }
        expect(response.header("Allow") != null, "Allow is missing");
    }

    private void answer(ApiDocument document, Operation operation, FilterableRequestSpecification request, Response response) {
        var described = document.resolve(operation.json().get("responses").get(Integer.toString(response.statusCode())));
        if (described == null) {
            wrong.add("the status is not described");
            return;
        }
        headers(document, described, response);
        if (!request.getMethod().equals("HEAD")) {
            body(document, described, response);
        }
        if (response.statusCode() < 300) {
            taken(document, operation, request, response);
        }
    }

    private void headers(ApiDocument document, JsonNode described, Response response) {
        var headers = described.path("headers");
        headers.properties().forEach(entry -> {
            var header = document.resolve(entry.getValue());
            var value = response.header(entry.getKey());
            expect(value != null || !header.path("required").asBoolean(), entry.getKey() + " is missing");
            if (value != null) {
                document.errors(header.get("schema"), typed(header.get("schema"), value)).forEach(
                        error -> wrong.add(entry.getKey() + " " + value + error));
            }
        });
        for (var name : API_HEADERS) {
            expect(response.header(name) == null || headers.has(name), name + " is not described");
        }
    }

    private void body(ApiDocument document, JsonNode described, Response response) {
        var type = mediaType(response);
        if (!described.has("content")) {
            expect(response.asByteArray().length == 0, "a body is not described");
            return;
        }
        var content = described.get("content").get(type);
        if (content == null) {
            wrong.add("the media type " + type + " is not described");
        } else if (isJson(response)) {
            wrong.addAll(document.errors(content.get("schema"), ApiDocument.read(response.asByteArray())));
        }
    }

    private void taken(ApiDocument document, Operation operation, FilterableRequestSpecification request, Response response) {
        var query = URI.create(request.getURI()).getRawQuery();
        for (var pair : query == null ? new String[0] : query.split("&")) {
            parameter(document, operation, "query", decoded(pair.replaceFirst("=.*", "")), decoded(pair.replaceFirst("[^=]*=?", "")));
        }
        for (var name : List.of("Range", "If-Range", "If-None-Match", "Idempotency-Key")) {
            if (request.getHeaders().hasHeaderWithName(name)) {
                parameter(document, operation, "header", name, request.getHeaders().getValue(name));
            }
        }
        var contents = operation.json().path("requestBody").path("content");
        if (contents.has("application/json") && request.getBody() != null) {
            var body = ApiDocument.read(request.<Object>getBody().toString().getBytes(StandardCharsets.UTF_8));
            document.errors(contents.at("/application~1json/schema"), body).forEach(error -> wrong.add("accepted, but" + error));
        } else if (contents.has(Uploads.MEDIA_TYPE) && request.getBody() instanceof byte[] bytes && everyLineWasTaken(response)) {
            var schema = contents.at("/application~1x-ndjson/schema");
            new String(bytes, StandardCharsets.UTF_8).replaceFirst("^\ufeff", "").lines()
                    .filter(line -> !line.isBlank())
                    .limit(MAX_LINES)
                    .forEach(line -> document.errors(schema, ApiDocument.read(line.getBytes(StandardCharsets.UTF_8)))
                            .forEach(error -> wrong.add("accepted, but " + line + error)));
        }
    }

    private static boolean everyLineWasTaken(Response response) {
        return response.<Number>path("rejectedCount").intValue() == 0;
    }

    private void parameter(ApiDocument document, Operation operation, String in, String name, String value) {
        for (var known : operation.json().path("parameters")) {
            var parameter = document.resolve(known);
            if (parameter.get("in").asText().equals(in) && parameter.get("name").asText().equals(name)) {
                // An empty parameter counts as absent.
                if (!value.isEmpty()) {
                    document.errors(parameter.get("schema"), typed(parameter.get("schema"), value)).forEach(
                            error -> wrong.add(name + "=" + value + " was taken" + error));
                }
                return;
            }
        }
        wrong.add("the parameter %s was taken and is not described".formatted(name));
    }

    private static JsonNode typed(JsonNode schema, String value) {
        return schema.path("type").asText().equals("integer") && value.matches("-?[0-9]{1,18}")
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(value))
                : JsonNodeFactory.instance.textNode(value);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static boolean isProblem(FilterableRequestSpecification request, Response response) {
        return request.getMethod().equals("HEAD") || mediaType(response).equals(Problem.MEDIA_TYPE);
    }

    private static boolean isJson(Response response) {
        return mediaType(response).endsWith("json");
    }

    private static String mediaType(Response response) {
        return response.contentType() == null ? "" : response.contentType().replaceFirst(";.*", "").strip();
    }

    private void expect(boolean right, String otherwise) {
        if (!right) {
            wrong.add(otherwise);
        }
    }
}
