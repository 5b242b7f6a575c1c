package io.weekly.api.description;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The description of a schema in {@code openapi/<schema>.yaml}. */
final class SchemaFile {

    private final Map<String, Object> all;

    private SchemaFile(Map<String, Object> all) {
        this.all = all;
    }

    /** The file of the schema; empty if there is none. DescriptionTest reports schemas without a file. */
    static SchemaFile of(String schema) {
        try (var file = SchemaFile.class.getResourceAsStream("/openapi/" + schema + ".yaml")) {
            return new SchemaFile(file == null ? Map.of() : new Yaml(new SafeConstructor(new LoaderOptions())).load(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nullable String description() {
        return (String) all.get("description");
    }

    @Nullable Object example() {
        return all.get("example");
    }

    /**
     * The description of a field: keywords of JSON Schema, and {@code nullable}, {@code optional}, {@code ref} and {@code given} (set by
     * the service).
     */
    Map<String, Object> field(String name) {
        return keywords(fields().get(name));
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> fields() {
        return (Map<String, Object>) all.getOrDefault("properties", Map.of());
    }

    boolean is(String field, String flag) {
        return Boolean.TRUE.equals(field(field).get(flag));
    }

    /** The keywords of an entry. A plain text is its description. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> keywords(@Nullable Object entry) {
        if (entry == null) {
            return Map.of();
        }
        return entry instanceof String description ? Map.of("description", description) : (Map<String, Object>) entry;
    }
}
