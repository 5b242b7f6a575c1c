package io.weekly.api.description;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.jboss.jandex.IndexView;

/** Completes the OpenAPI document. Each step runs after the steps whose results it needs. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

    private final IndexView index;

    /** @param index the classes of the build, from the OpenAPI extension */
    public ApiDescription(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        PageSchemas.rename(api);
        api.getComponents().getSchemas().forEach(SchemaFields::describe);
        SchemaFields.TIMES.keySet().forEach(api.getComponents()::removeSchema);
        RequestSchemas.describe(api);
        OperationRules.describeProblems(api.getComponents());
        var roles = new OperationRoles(index);
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
            new OperationRules(api.getComponents(), path, method, operation).apply();
            if (OperationRules.needsToken(path)) {
                roles.describe(operation, method);
            }
        }));
    }
}
