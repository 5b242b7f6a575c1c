package io.weekly.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.weekly.api.http.ForViewers;
import io.weekly.api.http.Page;
import io.weekly.api.http.Paging;
import io.weekly.definition.BrokenDefinition;
import io.weekly.definition.BrokenDefinition.Fault;
import io.weekly.definition.Definition;
import io.weekly.definition.Definitions;
import io.weekly.definition.LoadedDefinition;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The report definitions. */
@Path("/api/v1/definitions")
@Tag(name = "Definitions")
@ForViewers
public class DefinitionResource {

    private static final Pattern NAME = Pattern.compile("\\P{Cc}{1,255}");

    private final Definitions definitions;

    DefinitionResource(Definitions definitions) {
        this.definitions = definitions;
    }

    @GET
    @Operation(
            operationId = "listDefinitions",
            summary = "The definitions by name; a broken one has errors and no version")
    public Page<View> list(@BeanParam Paging paging) {
        var after = paging.after(NAME).orElse("");
        var found = Stream.<LoadedDefinition>concat(definitions.all().stream(), definitions.broken().stream())
                .filter(definition -> definition.name().compareTo(after) > 0)
                .sorted(Comparator.comparing(LoadedDefinition::name))
                .limit(paging.fetchLimit())
                .map(DefinitionResource::view)
                .toList();
        return Page.of(found, paging, View::name);
    }

    private static View view(LoadedDefinition loaded) {
        return switch (loaded) {
            case Definition it ->
                new View(it.name(), it.version(), it.title(), it.description(), it.formats(), List.of());
            case BrokenDefinition it -> new View(it.name(), null, null, null, null, it.faults());
        };
    }

    /**
     * A definition as the API returns it.
     *
     * @param errors where and why it is broken; empty if it is usable
     */
    @JsonInclude(Include.NON_NULL)
    @Schema(name = "Definition")
    public record View(
            String name, @Nullable String version, @Nullable String title, @Nullable String description, @Nullable List<String> formats,
            List<Fault> errors) {}
}
