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

/** Says of a schema and its fields what its file says, and of all of them what JSON's reader has to know. */
final class SchemaFields {

    private static final Set<String> FLAGS = Set.of("nullable", "optional", "given", "ref", "items");
    private static final Set<String> LIMITS = Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

    /** Their formats; a time of the day has none that is registered. */
    static final Map<String, String> TIMES = Map.of("Instant", "date-time", "LocalDate", "date", "LocalTime", "");

    private SchemaFields() {}

    static void describe(String name, Schema schema) {
        var words = SchemaFile.of(name);
        if (schema.getProperties() != null && PageSchemas.is(name)) {
            PageSchemas.describe(name, schema);
        }
        if (words.description() != null) {
            schema.setDescription(words.description());
        }
        if (words.example() != null) {
            schema.setExamples(List.of(words.example()));
        }
        var fields = schema.getProperties() == null ? Map.<String, Schema>of() : schema.getProperties();
        words.fields().keySet().stream().filter(field -> !fields.containsKey(field)).findFirst().ifPresent(field -> {
            throw new IllegalStateException("openapi/%s.yaml describes %s, which is no field of it".formatted(name, field));
        });
        fields.forEach((field, about) -> schema.addProperty(field, described(about, words.field(field))));
        pattern(schema);
    }

    private static Schema described(Schema field, Map<String, Object> words) {
        if (words.get("ref") instanceof String other) {
            return described(OASFactory.createSchema().ref(other), without(words, "ref"));
        }
        plain(field);
        words.forEach((keyword, value) -> set(field, keyword, value));
        if (field.getItems() != null) {
            field.setItems(described(field.getItems(), SchemaFile.keywords(words.get("items"))));
        }
        pattern(field);
        return Boolean.TRUE.equals(words.get("nullable")) ? nullable(field) : field;
    }

    /** Java's classes for times are no names that anybody outside knows: the field says itself what it is. */
    private static void plain(Schema field) {
        var type = field.getRef() == null ? null : TIMES.get(field.getRef().replaceFirst(".*/", ""));
        if (type == null) {
            return;
        }
        field.setRef(null);
        field.setType(List.of(SchemaType.STRING));
        field.setFormat(type.isEmpty() ? null : type);
    }

    private static Map<String, Object> without(Map<String, Object> words, String keyword) {
        var rest = new HashMap<>(words);
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

    /** JSON's null beside what it is: as another type where there is nothing but a type, else as an alternative. */
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

    /** Java's patterns are of the whole text and know more than JavaScript's, which JSON Schema asks for. */
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
