package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.api.http.ForOperators;
import io.weekly.keys.KeyUses;
import io.weekly.keys.KeyUses.KeyState;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The keys of the service: their ids, never the keys themselves. */
@Path("/api/v1/keys")
@Tag(name = "Keys")
@ForOperators
public class KeyResource {

    private final KeyUses uses;

    KeyResource(KeyUses uses) {
        this.uses = uses;
    }

    @GET
    @Operation(
            operationId = "getKeys",
            summary = "What needs each key of the service; a key that nothing needs can be removed",
            description = "Counts rows of the whole database, so the answer may take seconds.")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = KeyStates.class)))
    public Uni<KeyStates> now() {
        return uses.read().map(KeyStates::new);
    }

    /** All keys that are configured or needed, by id. */
    public record KeyStates(List<KeyState> keys) {}
}
