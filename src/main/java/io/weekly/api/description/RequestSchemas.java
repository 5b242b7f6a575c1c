package io.weekly.api.description;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Separates the schemas of requests and responses: a request may leave out fields with a default, a response has all of them. */
final class RequestSchemas {

    private static final String REF = "#/components/schemas/";

    private final Components components;
    /** Copies of the schemas as validation defines them, before they are changed for responses. */
    private final Map<String, Schema> validated = new LinkedHashMap<>();

    private RequestSchemas(Components components) {
        this.components = components;
        components.getSchemas().forEach((name, schema) -> validated.put(name, copy(schema)));
    }

    static void describe(OpenAPI api) {
        var schemas = new RequestSchemas(api.getComponents());
        api.getComponents().getSchemas().forEach(RequestSchemas::describeResponse);
        var only = new ArrayList<>(schemas.validated.keySet());
        api.getPaths().getPathItems().values().forEach(item -> item.getOperations().values().forEach(operation ->
                only.removeAll(responses(operation))));
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations().forEach(
                (method, operation) -> schemas.describe(method, operation, only)));
    }

    /** Each field of a response is present, unless its file says otherwise. */
    private static void describeResponse(String name, Schema schema) {
        if (schema.getProperties() != null && !name.equals("Problem")) {
            var file = SchemaFile.of(name);
            schema.setRequired(schema.getProperties().keySet().stream().filter(field -> !file.is(field, "optional")).toList());
        }
    }

    private static List<String> responses(Operation operation) {
        return operation.getResponses().getAPIResponses().values().stream()
                .filter(answer -> answer.getContent() != null)
                .flatMap(answer -> answer.getContent().getMediaTypes().values().stream())
                .map(RequestSchemas::name)
                .toList();
    }

    private static String name(MediaType content) {
        var schema = content.getSchema();
        var ref = schema == null ? null : schema.getRef();
        return ref == null ? "" : ref.replace(REF, "").replaceFirst("^Page(?=.)", "");
    }

    private void describe(HttpMethod method, Operation operation, List<String> only) {
        if (operation.getRequestBody() == null || operation.getRequestBody().getContent() == null) {
            return;
        }
        operation.getRequestBody().getContent().getMediaTypes().forEach((type, content) -> {
            var name = name(content);
            var schema = validated.get(name);
            if (schema == null || schema.getProperties() == null) {
                return;
            }
            var isChange = method == HttpMethod.PUT && type.equals("application/json");
            var itsName = only.contains(name) ? name : isChange ? name + "Change" : "New" + name;
            components.addSchema(itsName, requestSchema(name, isChange));
            content.setSchema(OASFactory.createSchema().ref(itsName));
        });
    }

    private Schema requestSchema(String name, boolean isChange) {
        var file = SchemaFile.of(name);
        var schema = copy(Objects.requireNonNull(validated.get(name), name));
        var needed = new ArrayList<>(schema.getRequired() == null ? List.of() : schema.getRequired());
        needed.removeIf(field -> Objects.requireNonNull(schema.getProperties().get(field), field).getDefaultValue() != null);
        if (isChange) {
            // The path names it. The body may repeat the name, but not change it.
            needed.removeAll(List.of("slug", "userId", "id"));
        }
        schema.setRequired(needed.isEmpty() ? null : needed);
        schema.setAdditionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
        if (file.example() instanceof Map<?, ?> example) {
            var sent = new LinkedHashMap<>(example);
            sent.keySet().removeIf(field -> file.is(field.toString(), "given"));
            schema.setExamples(List.of(sent));
        }
        return schema;
    }

    private static Schema copy(Schema schema) {
        var copy = OASFactory.createSchema();
        copy.setAll(schema.getAll());
        return copy;
    }
}
