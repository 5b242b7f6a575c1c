package io.weekly.api.description;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/** Puts the parts of the description together, each after those that it needs. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class Description implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Pages.rename(api);
        api.getComponents().getSchemas().forEach(Fields::describe);
        Fields.TIMES.keySet().forEach(api.getComponents()::removeSchema);
        Sent.describe(api);
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations().forEach(
                (method, operation) -> new Rules(api.getComponents(), path, method, operation).apply()));
    }
}
