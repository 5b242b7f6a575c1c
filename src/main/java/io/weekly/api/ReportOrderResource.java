package io.weekly.api;

import static io.weekly.api.http.Invalids.body;

import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.Uni;
import io.weekly.access.Caller;
import io.weekly.access.Gate;
import io.weekly.access.NotVisible;
import io.weekly.access.Role;
import io.weekly.api.http.ForViewers;
import io.weekly.api.http.Invalids;
import io.weekly.api.http.Once;
import io.weekly.api.http.Progress;
import io.weekly.api.http.Refusal;
import io.weekly.report.Period;
import io.weekly.report.Report;
import io.weekly.report.ReportRequests;
import io.weekly.report.Reports;
import io.weekly.tenant.Tenant;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reports on demand. */
@Path("/api/v1/reports")
@Tag(name = "Reports")
@ForViewers
public class ReportOrderResource {

    private final ReportRequests requests;
    private final Reports reports;
    private final OrderedTenants tenants;
    private final KnownDefinitions definitions;
    private final Invalids invalids;
    private final Progress progress;
    private final Once once;
    private final Gate gate;
    private final Clock clock;

    ReportOrderResource(
            ReportRequests requests, Reports reports, OrderedTenants tenants, KnownDefinitions definitions, Invalids invalids,
            Progress progress, Once once, Gate gate, Clock clock) {
        this.requests = requests;
        this.reports = reports;
        this.tenants = tenants;
        this.definitions = definitions;
        this.invalids = invalids;
        this.progress = progress;
        this.once = once;
        this.gate = gate;
        this.clock = clock;
    }

    @POST
    @Operation(operationId = "orderReport", summary = "One report now, ahead of bulk work; a viewer asks for its own alone")
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Report.class)))
    public Uni<Response> create(ReportOrder order, UriInfo uri) {
        var caller = gate.caller();
        invalids.refuse(body(order));
        return once.answer(order, () -> tenant(caller, order)
                .invoke(tenant -> refuseForColleagues(caller, order))
                .flatMap(tenant -> request(caller, tenant, order))
                .flatMap(id -> reports.find(caller.scope(), id))
                .map(report -> report.orElseThrow(NotVisible::new))
                .map(report -> progress.begun(uri.getAbsolutePathBuilder().path(report.id()).build(), report)));
    }

    /** Whose report it will be, where it can be made at all. */
    private Uni<Tenant> tenant(Caller caller, ReportOrder order) {
        definitions.require(order.definition(), order.formats());
        return tenants.named(caller, order.tenant());
    }

    private static void refuseForColleagues(Caller caller, ReportOrder order) {
        var forItself = order.recipient() == null || order.recipient().equals(caller.userId());
        if (caller.role() == Role.VIEWER && !forItself) {
            throw new ForbiddenException("A viewer asks for its own reports alone.");
        }
    }

    private Uni<String> request(Caller caller, Tenant tenant, ReportOrder order) {
        var period = order.period() == null ? Period.lastFullWeek(clock, tenant.zoneId()) : order.period();
        var recipient = order.recipient() == null ? caller.userId() : order.recipient();
        return requests.request(
                        tenant.id(), caller.actor(), order.definition(), period.toString(), recipient, order.formats(),
                        order.delivery())
                .map(id -> id.orElseThrow(() -> Refusal.invalid("recipient", "is no recipient of this tenant")));
    }
}
