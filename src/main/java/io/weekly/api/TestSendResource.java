package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.Caller;
import io.weekly.access.NotVisibleException;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.AcceptedRequests;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.Validation;
import io.weekly.api.request.RequestedDefinition;
import io.weekly.api.request.RequestedSample;
import io.weekly.api.request.RequestedTenant;
import io.weekly.report.Report;
import io.weekly.report.Reports;
import io.weekly.tenant.Tenant;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Test mails: the report of one recipient, mailed to the caller. */
@Path("/api/v1/definitions/{name}/test-send")
@Tag(name = "Definitions")
@ForTenantAdmins
public class TestSendResource {

    private final RequestedSample samples;
    private final Reports reports;
    private final RequestedTenant tenants;
    private final RequestedDefinition definitions;
    private final Validation validation;
    private final AcceptedRequests accepted;
    private final RequestAccess access;

    TestSendResource(
            RequestedSample samples, Reports reports, RequestedTenant tenants, RequestedDefinition definitions, Validation validation,
            AcceptedRequests accepted, RequestAccess access) {
        this.samples = samples;
        this.reports = reports;
        this.tenants = tenants;
        this.definitions = definitions;
        this.validation = validation;
        this.accepted = accepted;
        this.access = access;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "testSend", summary = "Mails a sample to the caller; without a body it is the caller's own report")
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Report.class)))
    @RequestBody(
            required = false,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = TestSend.class)))
    public Uni<Response> create(@RestPath String name, @Nullable TestSend body, UriInfo uri) {
        var caller = access.caller();
        var send = body == null ? TestSend.DEFAULTS : validation.require(body);
        return accepted.answer(
                send,
                () -> tenant(caller, name, send)
                        .flatMap(tenant -> samples.request(
                                caller, tenant, name, tenants.period(tenant, send.period(), send.unfinished()), send.recipient(),
                                send.formats()))
                        .flatMap(id -> reports.find(caller.scope(), id))
                        .map(report -> report.orElseThrow(NotVisibleException::new)),
                report -> uri.getBaseUriBuilder().path(ReportResource.class).path(report.id()).build());
    }

    /** For requests without a body. Many clients send a Content-Type nevertheless, so any type is accepted. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public Uni<Response> create(@RestPath String name, HttpHeaders headers, UriInfo uri) {
        if (headers.getLength() != 0) {
            throw new NotSupportedException();
        }
        return create(name, (TestSend) null, uri);
    }

    /** The tenant of the sample. Checks the definition and the formats first. */
    private Uni<Tenant> tenant(Caller caller, String definition, TestSend send) {
        definitions.requireInPath(definition);
        definitions.requireFormats(definition, send.formats());
        return tenants.one(caller, send.tenant());
    }
}
