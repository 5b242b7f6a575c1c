package io.weekly.api.description;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Describes the pages of lists. They need no files: a page is described by the schema of its items. */
final class PageSchemas {

    private static final String PAGE = "Page";
    private static final String CURSOR = "MDE5YWIyZjA3YzFlN2QzYTlmNGJlMmExYzA1ZDZlN2Y";

    private PageSchemas() {}

    static boolean is(String name) {
        return name.startsWith(PAGE) && name.length() > PAGE.length();
    }

    /** Renames page schemas after the schema of their items: the extension uses the name of the Java class. */
    static void rename(OpenAPI api) {
        for (var old : List.copyOf(api.getComponents().getSchemas().keySet())) {
            var page = Objects.requireNonNull(api.getComponents().getSchemas().get(old), old);
            var name = is(old) ? PAGE + item(page) : old;
            if (!name.equals(old)) {
                api.getComponents().removeSchema(old);
                api.getComponents().addSchema(name, page);
                api.getPaths().getPathItems().values().stream()
                        .flatMap(path -> path.getOperations().values().stream())
                        .flatMap(operation -> operation.getResponses().getAPIResponses().values().stream())
                        .filter(answer -> answer.getContent() != null)
                        .flatMap(answer -> answer.getContent().getMediaTypes().values().stream())
                        .filter(content -> refers(content, old))
                        .forEach(content -> content.setSchema(OASFactory.createSchema().ref(name)));
            }
        }
    }

    private static String item(Schema page) {
        return property(page, "items").getItems().getRef().replaceFirst(".*/", "");
    }

    private static Schema property(Schema page, String name) {
        return Objects.requireNonNull(page.getProperties().get(name), name);
    }

    private static boolean refers(MediaType content, String name) {
        return content.getSchema() != null && content.getSchema().getRef() != null && content.getSchema().getRef().endsWith("/" + name);
    }

    static void describe(String name, Schema page) {
        page.setDescription("A page of a list.");
        property(page, "items").setDescription("In the order of the list.");
        var next = property(page, "next");
        next.setDescription("The cursor of the next page; null on the last page.");
        page.addProperty("next", SchemaFields.nullable(next));
        var example = SchemaFile.of(name.substring(PAGE.length())).example();
        if (example != null) {
            page.setExamples(List.of(Map.of("items", List.of(example), "next", CURSOR)));
        }
    }
}
