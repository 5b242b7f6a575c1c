package io.weekly.api.description;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.jboss.jandex.IndexView;

/** Puts the parts of the description together, each after those that it needs. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class Description implements OASFilter {

    private final IndexView index;

    /** The extension has the index of what is built. */
    public Description(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Pages.rename(api);
        api.getComponents().getSchemas().forEach(Fields::describe);
        Fields.TIMES.keySet().forEach(api.getComponents()::removeSchema);
        Sent.describe(api);
        var roles = new Roles(index);
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
            new Rules(api.getComponents(), path, method, operation).apply();
            if (Rules.needsToken(path)) {
                roles.describe(operation);
            }
        }));
    }
}
