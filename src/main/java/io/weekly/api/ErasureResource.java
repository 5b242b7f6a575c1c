package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.StatusPolling;
import io.weekly.retention.Erasure;
import io.weekly.retention.Erasures;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The state of an erasure. It has an address of its own, because the recipient is not there any more. */
@Path("/api/v1/tenants/{slug}/erasures/{id}")
@Tag(name = "Recipients")
@ForTenantAdmins
public class ErasureResource {

    private final Erasures erasures;
    private final StatusPolling polling;
    private final RequestAccess access;

    ErasureResource(Erasures erasures, StatusPolling polling, RequestAccess access) {
        this.erasures = erasures;
        this.polling = polling;
        this.access = access;
    }

    @GET
    @Operation(
            operationId = "getErasure",
            summary = "The state of an erasure; Retry-After until nothing is left",
            description = "It stays open while a report of the recipient is being made or mailed, while a run that it started or approves"
                    + " has not finished, and while the store of files is away.")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Erasure.class)))
    @APIResponse(responseCode = "304", description = "Nothing has changed.")
    public Uni<Response> find(@RestPath String slug, @RestPath String id, Request request) {
        return erasures.find(access.tenant().scope(), id)
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .map(erasure -> polling.current(erasure, erasure.done(), request));
    }
}
