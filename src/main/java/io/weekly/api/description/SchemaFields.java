package io.weekly.api.description;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** Adds the description of its file to a schema and its fields, and converts Java's types and patterns to those of JSON Schema. */
final class SchemaFields {

    private static final Set<String> FLAGS = Set.of("nullable", "optional", "given", "ref", "items");
    private static final Set<String> LIMITS = Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

    /** Java's types for times and their formats. No format is registered for a local time. */
    static final Map<String, String> TIMES = Map.of("Instant", "date-time", "LocalDate", "date", "LocalTime", "");

    private SchemaFields() {}

    static void describe(String name, Schema schema) {
        var file = SchemaFile.of(name);
        if (schema.getProperties() != null && PageSchemas.is(name)) {
            PageSchemas.describe(name, schema);
        }
        if (file.description() != null) {
            schema.setDescription(file.description());
        }
        if (file.example() != null) {
            schema.setExamples(List.of(file.example()));
        }
        var fields = schema.getProperties() == null ? Map.<String, Schema>of() : schema.getProperties();
        file.fields().keySet().stream().filter(field -> !fields.containsKey(field)).findFirst().ifPresent(field -> {
            throw new IllegalStateException("openapi/%s.yaml describes %s, which is no field of it".formatted(name, field));
        });
        fields.forEach((field, property) -> schema.addProperty(field, described(property, file.field(field))));
        pattern(schema);
    }

    private static Schema described(Schema field, Map<String, Object> keywords) {
        if (keywords.get("ref") instanceof String other) {
            return described(OASFactory.createSchema().ref(other), without(keywords, "ref"));
        }
        convertTime(field);
        keywords.forEach((keyword, value) -> set(field, keyword, value));
        if (field.getItems() != null) {
            field.setItems(described(field.getItems(), SchemaFile.keywords(keywords.get("items"))));
        }
        pattern(field);
        return Boolean.TRUE.equals(keywords.get("nullable")) ? nullable(field) : field;
    }

    /** Replaces a reference to a Java class for times by the type and format. */
    private static void convertTime(Schema field) {
        var type = field.getRef() == null ? null : TIMES.get(field.getRef().replaceFirst(".*/", ""));
        if (type == null) {
            return;
        }
        field.setRef(null);
        field.setType(List.of(SchemaType.STRING));
        field.setFormat(type.isEmpty() ? null : type);
    }

    private static Map<String, Object> without(Map<String, Object> keywords, String keyword) {
        var rest = new HashMap<>(keywords);
        rest.remove(keyword);
        return rest;
    }

    private static void set(Schema field, String keyword, Object value) {
        if (LIMITS.contains(keyword)) {
            field.set(keyword, new BigDecimal(value.toString()));
        } else if (keyword.equals("default")) {
            field.setDefaultValue(value);
        } else if (!FLAGS.contains(keyword)) {
            field.set(keyword, value);
        }
    }

    /** Allows null: as a second type if the schema is a plain type, else as an alternative. */
    static Schema nullable(Schema field) {
        if (field.getRef() == null && field.getEnumeration() == null) {
            var types = new ArrayList<>(field.getType());
            types.add(SchemaType.NULL);
            field.setType(types);
            return field;
        }
        var description = field.getDescription();
        field.setDescription(null);
        return OASFactory.createSchema()
                .description(description)
                .addAnyOf(field)
                .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL));
    }

    /** Converts a Java pattern, which matches the whole text, to the JavaScript syntax of JSON Schema. */
    private static void pattern(Schema schema) {
        if (schema.getPattern() == null) {
            return;
        }
        if (!schema.getType().contains(SchemaType.STRING)) {
            schema.setPattern(null);
        } else if (!schema.getPattern().startsWith("^")) {
            var pattern = schema.getPattern().replace("]*+", "]*").replace("\\z", "$").replaceAll("\\\\x\\{([0-9a-f]{4})}", "\\\\u$1");
            schema.setPattern("^(?:" + pattern + ")$");
        }
    }
}
