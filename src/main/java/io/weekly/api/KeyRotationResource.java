package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.KeyResource.KeyStates;
import io.weekly.api.http.AcceptedRequests;
import io.weekly.api.http.ForOperators;
import io.weekly.api.http.ProblemException;
import io.weekly.keys.KeyRotation;
import io.weekly.keys.KeyUses;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Requests that everything is encrypted with the current key. */
@Path("/api/v1/keys/rotation")
@Tag(name = "Keys")
@ForOperators
public class KeyRotationResource {

    private final KeyRotation rotation;
    private final KeyUses uses;
    private final AcceptedRequests accepted;
    private final RequestAccess access;

    KeyRotationResource(KeyRotation rotation, KeyUses uses, AcceptedRequests accepted, RequestAccess access) {
        this.rotation = rotation;
        this.uses = uses;
        this.accepted = accepted;
        this.access = access;
    }

    @POST
    @Operation(
            operationId = "rotateKeys",
            summary = "Encrypts file keys and PDF passwords with the current key, so that older keys can be removed",
            description = "Runs in the background. The Location says what still needs each key. The files stay as they are. If the service"
                    + " is stopped meanwhile, send the request again: it continues. Links and seals keep their keys.")
    @APIResponse(
            responseCode = "202",
            description = "Accepted. The body is the state at the beginning.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = KeyStates.class)))
    @APIResponse(responseCode = "409", description = "The service has no keys.")
    public Uni<Response> rotate(UriInfo uri) {
        return accepted.answer(
                null,
                () -> uses.read().flatMap(before -> rotation.request(access.caller().actor())
                        .map(current -> current.map(_ -> new KeyStates(before)).orElseThrow(KeyRotationResource::noKeys))),
                _ -> uri.getBaseUriBuilder().path(KeyResource.class).build());
    }

    private static ProblemException noKeys() {
        return ProblemException.conflict("The service has no keys: weekly.keys.current is not set.");
    }
}
