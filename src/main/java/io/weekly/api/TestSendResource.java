package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.Caller;
import io.weekly.access.Gate;
import io.weekly.access.NotVisible;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.Invalids;
import io.weekly.api.http.Once;
import io.weekly.api.http.Progress;
import io.weekly.api.http.Refusal;
import io.weekly.report.Period;
import io.weekly.report.Report;
import io.weekly.report.ReportRequests;
import io.weekly.report.Reports;
import io.weekly.tenant.Recipient;
import io.weekly.tenant.Recipients;
import io.weekly.tenant.Tenant;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** One recipient's report as a sample, mailed to whoever asks for it. */
@Path("/api/v1/definitions/{name}/test-send")
@Tag(name = "Definitions")
@ForTenantAdmins
public class TestSendResource {

    private final ReportRequests requests;
    private final Reports reports;
    private final Recipients recipients;
    private final OrderedTenants tenants;
    private final KnownDefinitions definitions;
    private final Invalids invalids;
    private final Progress progress;
    private final Once once;
    private final Gate gate;
    private final Clock clock;

    TestSendResource(
            ReportRequests requests, Reports reports, Recipients recipients, OrderedTenants tenants, KnownDefinitions definitions,
            Invalids invalids, Progress progress, Once once, Gate gate, Clock clock) {
        this.requests = requests;
        this.reports = reports;
        this.recipients = recipients;
        this.tenants = tenants;
        this.definitions = definitions;
        this.invalids = invalids;
        this.progress = progress;
        this.once = once;
        this.gate = gate;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "testSend", summary = "One sample, to the caller's own address; without a body it is the caller's own report")
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Report.class)))
    @RequestBody(
            required = false,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = TestSend.class)))
    public Uni<Response> create(@RestPath String name, TestSend body, UriInfo uri) {
        var caller = gate.caller();
        var send = body == null ? TestSend.OF_THE_CALLER : invalids.refuse(body);
        return once.answer(send, () -> tenant(caller, name, send)
                .flatMap(tenant -> request(caller, tenant, name, send))
                .flatMap(id -> reports.find(caller.scope(), id))
                .map(report -> report.orElseThrow(NotVisible::new))
                .map(report -> progress.begun(
                        uri.getBaseUriBuilder().path(ReportResource.class).path(report.id()).build(), report)));
    }

    /** A client may say a type although it sends no body: many do. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public Uni<Response> create(@RestPath String name, HttpHeaders headers, UriInfo uri) {
        if (headers.getLength() != 0) {
            throw new NotSupportedException();
        }
        return create(name, (TestSend) null, uri);
    }

    /** Whose report it will be, where it can be made at all. */
    private Uni<Tenant> tenant(Caller caller, String definition, TestSend send) {
        definitions.requireInPath(definition);
        definitions.requireFormats(definition, send.formats());
        return tenants.named(caller, send.tenant());
    }

    private Uni<String> request(Caller caller, Tenant tenant, String definition, TestSend send) {
        var period = send.period() == null ? Period.lastFullWeek(clock, tenant.zoneId()) : send.period();
        return self(caller, tenant).flatMap(self -> recipient(tenant, self, send.recipient())
                .flatMap(recipient -> requests.sample(
                        tenant.id(), caller.actor(), definition, period.toString(), recipient.id(), send.formats(),
                        address(caller, self))))
                .map(id -> id.orElseThrow(TestSendResource::noRecipient));
    }

    /** The caller as a recipient of its tenant; an operator is none, whatever it is called. */
    private Uni<Optional<Recipient>> self(Caller caller, Tenant tenant) {
        return caller.tenant().isPresent() ? active(tenant, caller.userId()) : Uni.createFrom().item(Optional.empty());
    }

    private Uni<Recipient> recipient(Tenant tenant, Optional<Recipient> self, String named) {
        var found = named == null ? Uni.createFrom().item(self) : active(tenant, named);
        return found.map(recipient -> recipient.orElseThrow(TestSendResource::noRecipient));
    }

    private Uni<Optional<Recipient>> active(Tenant tenant, String userId) {
        return recipients.find(tenant.scope(), userId).map(found -> found.filter(Recipient::active));
    }

    private static Refusal noRecipient() {
        return Refusal.invalid("recipient", "is no recipient of this tenant");
    }

    private String address(Caller caller, Optional<Recipient> self) {
        return self.map(Recipient::email)
                .or(() -> caller.mail().filter(invalids::isMailAddress))
                .orElseThrow(() -> Refusal.invalid("email", "is in no claim of the token, and the caller is no recipient"));
    }
}
