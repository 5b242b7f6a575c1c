package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.ProblemException;
import io.weekly.retention.PersonExport;
import io.weekly.retention.PersonExports;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What is held on one recipient. */
@Path("/api/v1/tenants/{slug}/recipients/{userId}/export")
@Tag(name = "Recipients")
@ForTenantAdmins
public class PersonExportResource {

    private final PersonExports exports;
    private final RequestAccess access;

    PersonExportResource(PersonExports exports, RequestAccess access) {
        this.exports = exports;
        this.access = access;
    }

    @GET
    @Operation(
            operationId = "exportRecipient",
            summary = "Everything that is held on one recipient; 404 once it is erased",
            description = "Each list has at most 5,000 entries, and complete is false if one was longer. The files themselves are at the"
                    + " href of each report. Also for recipients that were deleted.")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = PersonExport.class)))
    public Uni<PersonExport> export(@RestPath String slug, @RestPath String userId) {
        return exports.of(access.tenant(), userId).map(found -> found.orElseThrow(ProblemException::notFound));
    }
}
