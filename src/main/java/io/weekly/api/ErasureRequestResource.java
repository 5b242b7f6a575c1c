package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.AcceptedRequests;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.ProblemException;
import io.weekly.retention.Erasure;
import io.weekly.retention.Erasures;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Requests the erasure of what is held on one recipient. */
@Path("/api/v1/tenants/{slug}/recipients/{userId}/erasure")
@Tag(name = "Recipients")
@ForTenantAdmins
public class ErasureRequestResource {

    private final Erasures erasures;
    private final AcceptedRequests accepted;
    private final RequestAccess access;

    ErasureRequestResource(Erasures erasures, AcceptedRequests accepted, RequestAccess access) {
        this.erasures = erasures;
        this.accepted = accepted;
        this.access = access;
    }

    @POST
    @Operation(
            operationId = "eraseRecipient",
            summary = "Erases everything that is held on one recipient",
            description = "The recipient itself is erased at once: from now on it is a 404, queued work for it ends as suppressed, and its"
                    + " userId is free. Its files, addresses, and the replies of mail servers are erased in the background; the Location"
                    + " says when nothing is left. Its reports stay in runs and ledgers with their status, under the recipient that the"
                    + " answer names. A schedule that has the address as its owner keeps it: give it another owner.")
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Erasure.class)))
    public Uni<Response> erase(@RestPath String slug, @RestPath String userId, UriInfo uri) {
        var tenant = access.tenant();
        return accepted.answer(
                null,
                () -> erasures.request(tenant.scope(), userId, access.caller().actor())
                        .map(requested -> requested.orElseThrow(ProblemException::notFound)),
                erasure -> uri.getBaseUriBuilder().path(ErasureResource.class).build(tenant.slug(), erasure.id()));
    }
}
