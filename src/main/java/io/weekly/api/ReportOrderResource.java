package io.weekly.api;

import static io.weekly.api.http.Validation.requireBody;

import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.Uni;
import io.weekly.access.Caller;
import io.weekly.access.NotVisibleException;
import io.weekly.access.RequestAccess;
import io.weekly.access.Role;
import io.weekly.api.http.AcceptedRequests;
import io.weekly.api.http.ForViewers;
import io.weekly.api.http.Validation;
import io.weekly.api.request.RequestedDefinition;
import io.weekly.api.request.RequestedReport;
import io.weekly.api.request.RequestedTenant;
import io.weekly.report.Report;
import io.weekly.report.Reports;
import io.weekly.tenant.Tenant;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Reports on demand. */
@Path("/api/v1/reports")
@Tag(name = "Reports")
@ForViewers
public class ReportOrderResource {

    private final RequestedReport requests;
    private final Reports reports;
    private final RequestedTenant tenants;
    private final RequestedDefinition definitions;
    private final Validation validation;
    private final AcceptedRequests accepted;
    private final RequestAccess access;

    ReportOrderResource(
            RequestedReport requests, Reports reports, RequestedTenant tenants, RequestedDefinition definitions, Validation validation,
            AcceptedRequests accepted, RequestAccess access) {
        this.requests = requests;
        this.reports = reports;
        this.tenants = tenants;
        this.definitions = definitions;
        this.validation = validation;
        this.accepted = accepted;
        this.access = access;
    }

    @POST
    @Operation(
            operationId = "orderReport",
            summary = "Requests one report, which is processed before bulk reports; a viewer can only request its own")
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Report.class)))
    public Uni<Response> create(@Nullable ReportOrder body, UriInfo uri) {
        var caller = access.caller();
        var order = validation.require(requireBody(body));
        return accepted.answer(
                order,
                () -> tenant(caller, order)
                        .invoke(_ -> refuseForOthers(caller, order))
                        .flatMap(tenant -> request(caller, tenant, order))
                        .flatMap(id -> reports.find(caller.scope(), id))
                        .map(report -> report.orElseThrow(NotVisibleException::new)),
                report -> uri.getAbsolutePathBuilder().path(report.id()).build());
    }

    /** The tenant of the report. Checks the definition and the formats first. */
    private Uni<Tenant> tenant(Caller caller, ReportOrder order) {
        definitions.require(order.definition(), order.formats());
        return tenants.one(caller, order.tenant());
    }

    private static void refuseForOthers(Caller caller, ReportOrder order) {
        var isForCaller = order.recipient() == null || order.recipient().equals(caller.userId());
        if (caller.role() == Role.VIEWER && !isForCaller) {
            throw new ForbiddenException("A viewer asks for its own reports alone.");
        }
    }

    private Uni<String> request(Caller caller, Tenant tenant, ReportOrder order) {
        var recipient = order.recipient() == null ? caller.userId() : order.recipient();
        var period = tenants.period(tenant, order.period(), order.unfinished());
        return requests.request(caller, tenant, order.definition(), period, recipient, order.formats(), order.delivery());
    }
}
