package io.weekly.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The API description from {@code /q/openapi}. */
public final class ApiDocument {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static ApiDocument current;

    private final ObjectNode root;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

    private ApiDocument(ObjectNode root) {
        this.root = root;
        root.at("/components/schemas").forEach(ApiDocument::close);
    }

    public static synchronized ApiDocument get() {
        if (current == null) {
            current = new ApiDocument((ObjectNode) read(RestAssured.given().get("/q/openapi?format=json").asByteArray()));
        }
        return current;
    }

    public static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Clients must accept new fields. In tests a field that is not described is a mistake. */
    private static void close(JsonNode schema) {
        if (schema.has("properties") && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
    }

    public JsonNode root() {
        return root;
    }

    /** An operation and its path. */
    public record Operation(String path, String method, JsonNode json) {

        /** The operationId. */
        public String id() {
            return json.get("operationId").asText();
        }

        /** The roles that may call it, the lowest one first; empty if it needs no token. */
        public List<String> roles() {
            return json.path("security").findValues("token").stream().map(it -> it.get(0).asText()).toList();
        }

        @Override
        public String toString() {
            return method.toUpperCase(Locale.ROOT) + " " + path;
        }
    }

    public List<Operation> operations() {
        var found = new ArrayList<Operation>();
        root.get("paths").properties().forEach(path -> path.getValue().properties().forEach(
                method -> found.add(new Operation(path.getKey(), method.getKey(), method.getValue()))));
        return found;
    }

    /** The operation with this operationId. */
    public Optional<Operation> operation(String id) {
        return operations().stream().filter(it -> it.id().equals(id)).findFirst();
    }

    /** The template of a path. If several match, the one with the fewest variables. */
    public Optional<String> template(String path) {
        return root.get("paths").propertyStream()
                .map(Map.Entry::getKey)
                .filter(template -> matches(template, path))
                .min(Comparator.comparing(template -> template.chars().filter(c -> c == '{').count()));
    }

    private static boolean matches(String template, String path) {
        var literal = Pattern.compile("\\{[^}]+}").splitWithDelimiters(template, 0);
        var pattern = new StringBuilder();
        for (var part : literal) {
            pattern.append(part.startsWith("{") ? "[^/]+" : Pattern.quote(part));
        }
        return path.matches(pattern.toString());
    }

    public Optional<Operation> operation(String template, String method) {
        return Optional.ofNullable(root.get("paths").get(template).get(method.toLowerCase(Locale.ROOT)))
                .map(json -> new Operation(template, method, json));
    }

    /** @param in {@code path}, {@code query} or {@code header} */
    public List<JsonNode> parameters(Operation operation, String in) {
        return operation.json().path("parameters").valueStream().map(this::resolve).filter(it -> it.get("in").asText().equals(in)).toList();
    }

    /** The target of a reference; the node itself if it is none. */
    public JsonNode resolve(JsonNode node) {
        return node != null && node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** The errors of a value; none if it matches the schema. */
    public List<String> errors(JsonNode schema, JsonNode value) {
        return compiled.computeIfAbsent(schema, this::compile).validate(value).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    private Schema compile(JsonNode schema) {
        var whole = JSON.createObjectNode();
        whole.set("components", root.get("components"));
        whole.putArray("allOf").add(schema);
        return schemas.getSchema(whole);
    }
}
