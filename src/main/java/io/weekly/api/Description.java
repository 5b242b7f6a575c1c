package io.weekly.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Says of every call what holds for all of them: that it wants a token, and that whatever goes wrong is a problem. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class Description implements OASFilter {

    private static final String TOKEN = "token";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        api.getComponents().addSchema("Problem", problem());
        api.getComponents().addSecurityScheme(TOKEN, OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .bearerFormat("JWT"));
        api.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith("/api/v1/")) {
                item.getOperations().values().forEach(Description::describe);
            }
        });
    }

    private static void describe(Operation operation) {
        operation.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(TOKEN));
        var content = OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType().schema(OASFactory.createSchema().ref("Problem")));
        // The extension says 400 of every body, and without one.
        operation.getResponses().removeAPIResponse("400");
        operation.getResponses().addAPIResponse(
                "default", OASFactory.createAPIResponse().description("what went wrong (RFC 9457)").content(content));
    }

    private static Schema problem() {
        var invalid = object(Map.of("field", text(), "message", text()));
        return object(Map.of(
                "type", text(),
                "title", text(),
                "status", OASFactory.createSchema().type(List.of(SchemaType.INTEGER)),
                "detail", text(),
                "instance", text(),
                "errors", OASFactory.createSchema().type(List.of(SchemaType.ARRAY)).items(invalid)));
    }

    private static Schema object(Map<String, Schema> properties) {
        return OASFactory.createSchema().type(List.of(SchemaType.OBJECT)).properties(properties);
    }

    private static Schema text() {
        return OASFactory.createSchema().type(List.of(SchemaType.STRING));
    }
}
