package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.Caller;
import io.weekly.access.RequestAccess;
import io.weekly.access.Role;
import io.weekly.api.http.AcceptedRequests;
import io.weekly.api.http.ForViewers;
import io.weekly.api.http.ProblemException;
import io.weekly.report.Report;
import io.weekly.report.ReportVerbs;
import io.weekly.report.ReportVerbs.Answer;
import io.weekly.report.Reports;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/**
 * Actions on one report, for admins of its tenant. The role annotation lets viewers pass, and the role is checked again after the report is
 * found. So a viewer gets a 403 for its own report, and a 404 for a report that it may not see.
 */
@Path("/api/v1/reports")
@Tag(name = "Reports")
@ForViewers
@SecurityRequirement(name = "token", scopes = "tenant-admin")
public class ReportVerbResource {

    private final ReportVerbs verbs;
    private final Reports reports;
    private final AcceptedRequests accepted;
    private final RequestAccess access;

    ReportVerbResource(ReportVerbs verbs, Reports reports, AcceptedRequests accepted, RequestAccess access) {
        this.verbs = verbs;
        this.reports = reports;
        this.accepted = accepted;
        this.access = access;
    }

    @POST
    @Path("/{id}/cancellation")
    @Operation(operationId = "cancelReport", summary = "Cancels a report that has not started; 409 if it has")
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Report.class)))
    public Uni<Response> cancel(@RestPath String id, UriInfo uri) {
        return answer(id, uri, caller -> verbs.cancel(caller.scope(), id, caller.actor()));
    }

    @POST
    @Path("/{id}/retry")
    @Operation(operationId = "retryReport", summary = "Continues a stopped report at the stage where it stopped; 409 if it has not stopped")
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Report.class)))
    public Uni<Response> retry(@RestPath String id, UriInfo uri) {
        return answer(id, uri, caller -> verbs.retry(caller.scope(), id, caller.actor()));
    }

    @POST
    @Path("/{id}/deliveries")
    @Operation(operationId = "deliverReport", summary = "Sends a report again; 409 if it has not ended")
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Report.class)))
    public Uni<Response> deliver(@RestPath String id, UriInfo uri) {
        return answer(id, uri, caller -> verbs.deliver(caller.scope(), id, caller.actor()));
    }

    private Uni<Response> answer(String id, UriInfo uri, Function<Caller, Uni<Answer>> verb) {
        var caller = access.caller();
        return accepted.answer(
                null,
                () -> visible(caller, id)
                        .invoke(_ -> access.requireRoleToChange(Role.TENANT_ADMIN))
                        .flatMap(_ -> verb.apply(caller))
                        .flatMap(answer -> switch (answer) {
                            case Answer.Done _ -> visible(caller, id);
                            case Answer.NotAllowed no -> throw ProblemException.conflict(no.reason());
                            case Answer.NotThere _ -> throw ProblemException.notFound();
                        }),
                _ -> uri.getBaseUriBuilder().path(ReportResource.class).path(id).build());
    }

    private Uni<Report> visible(Caller caller, String id) {
        return reports.find(caller.scope(), id).map(found -> found.orElseThrow(ProblemException::notFound));
    }
}
