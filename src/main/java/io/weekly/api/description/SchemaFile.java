package io.weekly.api.description;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What is written of a schema in {@code openapi/<schema>.yaml}. */
final class SchemaFile {

    private final Map<String, Object> all;

    private SchemaFile(Map<String, Object> all) {
        this.all = all;
    }

    /** Empty where there is no such file; the tests name a schema that lacks one. */
    static SchemaFile of(String schema) {
        try (var file = SchemaFile.class.getResourceAsStream("/openapi/" + schema + ".yaml")) {
            return new SchemaFile(file == null ? Map.of() : new Yaml(new SafeConstructor(new LoaderOptions())).load(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String description() {
        return (String) all.get("description");
    }

    Object example() {
        return all.get("example");
    }

    /** By field: keywords of a JSON schema, besides {@code nullable}, {@code optional}, {@code given} (by the service) and {@code ref}. */
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

    /** A text alone is a description. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> keywords(Object words) {
        if (words == null) {
            return Map.of();
        }
        return words instanceof String description ? Map.of("description", description) : (Map<String, Object>) words;
    }
}
