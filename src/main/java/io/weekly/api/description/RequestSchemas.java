package io.weekly.api.description;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Tells what is sent from what is answered: who sends may leave things out, and who reads wants to know what is always there. */
final class RequestSchemas {

    private static final String REF = "#/components/schemas/";

    private final Components components;
    /** What the records' validation asks for, before anything is said about answers. */
    private final Map<String, Schema> asked = new LinkedHashMap<>();

    private RequestSchemas(Components components) {
        this.components = components;
        components.getSchemas().forEach((name, schema) -> asked.put(name, copy(schema)));
    }

    static void describe(OpenAPI api) {
        var sent = new RequestSchemas(api.getComponents());
        api.getComponents().getSchemas().forEach(RequestSchemas::answered);
        var only = new ArrayList<>(sent.asked.keySet());
        api.getPaths().getPathItems().values().forEach(item -> item.getOperations().values().forEach(operation ->
                only.removeAll(answers(operation))));
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations().forEach(
                (method, operation) -> sent.describe(method, operation, only)));
    }

    /** Always there, unless its file says that it may be absent. */
    private static void answered(String name, Schema schema) {
        if (schema.getProperties() != null && !name.equals("Problem")) {
            var words = SchemaFile.of(name);
            schema.setRequired(schema.getProperties().keySet().stream().filter(field -> !words.is(field, "optional")).toList());
        }
    }

    private static List<String> answers(Operation operation) {
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
            if (!asked.containsKey(name) || asked.get(name).getProperties() == null) {
                return;
            }
            var change = method == HttpMethod.PUT && type.equals("application/json");
            var itsName = only.contains(name) ? name : change ? name + "Change" : "New" + name;
            components.addSchema(itsName, sent(name, change));
            content.setSchema(OASFactory.createSchema().ref(itsName));
        });
    }

    private Schema sent(String name, boolean change) {
        var words = SchemaFile.of(name);
        var schema = copy(asked.get(name));
        var needed = new ArrayList<>(schema.getRequired() == null ? List.of() : schema.getRequired());
        needed.removeIf(field -> schema.getProperties().get(field).getDefaultValue() != null);
        if (change) {
            // The path has its name; who repeats it in the body must say the same.
            needed.removeAll(List.of("slug", "userId", "id"));
        }
        schema.setRequired(needed.isEmpty() ? null : needed);
        schema.setAdditionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
        if (words.example() instanceof Map<?, ?> example) {
            var sendable = new LinkedHashMap<>(example);
            sendable.keySet().removeIf(field -> words.is(field.toString(), "given"));
            schema.setExamples(List.of(sendable));
        }
        return schema;
    }

    private static Schema copy(Schema schema) {
        var copy = OASFactory.createSchema();
        copy.setAll(schema.getAll());
        return copy;
    }
}
