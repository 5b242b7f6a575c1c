package io.weekly.api;

import static io.weekly.api.http.Validation.requireBody;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.access.Caller;
import io.weekly.access.NotVisibleException;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.AcceptedRequests;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.Validation;
import io.weekly.api.request.RequestedDefinition;
import io.weekly.api.request.RequestedTenant;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportFormat;
import io.weekly.run.Run;
import io.weekly.run.RunOrder;
import io.weekly.run.RunStart;
import io.weekly.run.RunState;
import io.weekly.run.Runs;
import io.weekly.tenant.Tenant;
import io.weekly.text.Warning;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Starts runs by hand: all reports of one definition and period. */
@Path("/api/v1/runs")
@Tag(name = "Runs")
@ForTenantAdmins
public class RunStartResource {

    private static final String RUN_EXISTS = "run-exists";

    private final Runs runs;
    private final RunStart runStart;
    private final RequestedTenant tenants;
    private final RequestedDefinition definitions;
    private final Validation validation;
    private final AcceptedRequests accepted;
    private final RequestAccess access;

    RunStartResource(
            Runs runs, RunStart runStart, RequestedTenant tenants, RequestedDefinition definitions, Validation validation,
            AcceptedRequests accepted, RequestAccess access) {
        this.runs = runs;
        this.runStart = runStart;
        this.tenants = tenants;
        this.definitions = definitions;
        this.validation = validation;
        this.accepted = accepted;
        this.access = access;
    }

    @POST
    @Operation(
            operationId = "startRuns",
            summary = "Starts one run for each tenant; a period that has a run returns that run unless revision is new")
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Started.class)))
    public Uni<Response> create(@Nullable RunCall body, UriInfo uri) {
        var caller = access.caller();
        var call = validation.require(requireBody(body));
        return accepted.answer(
                call,
                () -> tenants(caller, call)
                        .flatMap(all -> Multi.createFrom()
                                .iterable(all)
                                .onItem()
                                .transformToUniAndConcatenate(tenant -> start(caller, tenant, call))
                                .collect()
                                .asList())
                        .map(Started::new),
                started -> location(started.items(), uri));
    }

    /** The runs that the request started, or that the period had already: one for each tenant. */
    @RegisterForReflection // the resource returns a Response, so Quarkus does not see this type
    @Schema(name = "RunsBegun")
    public record Started(List<Run> items) {}

    /** Finds all tenants before any run starts: if one name is wrong, or the week is not over for one of them, nothing starts. */
    private Uni<List<Tenant>> tenants(Caller caller, RunCall call) {
        definitions.require(call.definition(), call.formats());
        return tenants.all(caller, call.tenants())
                .invoke(all -> all.forEach(tenant -> tenants.period(tenant, call.period(), call.unfinished())));
    }

    private Uni<Run> start(Caller caller, Tenant tenant, RunCall call) {
        var formats = ReportFormat.listOf(call.formats());
        var order = RunOrder.byHand(tenant.id(), caller.actor(), call.definition(), call.period(), formats, call.delivery())
                .withUnfinished(!tenants.isOver(tenant, call.period()));
        var id = call.startsNewRevision() ? runStart.nextRevision(order) : runStart.byHand(order);
        return id.flatMap(it -> runs.find(tenant.scope(), it))
                .map(found -> found.orElseThrow(NotVisibleException::new))
                .map(run -> run.with(notDone(run, call)));
    }

    /** The period may have a run already that does less than the request asks for. */
    private static List<Warning> notDone(Run run, RunCall call) {
        if (run.state() == RunState.CANCELLED) {
            return existing(run, "was cancelled, so it makes no more reports");
        }
        var sendsNothing = run.delivery() == DeliveryMode.NONE && call.delivery() != DeliveryMode.NONE;
        return sendsNothing ? existing(run, "only generates its reports and sends nothing") : List.of();
    }

    private static List<Warning> existing(Run run, String why) {
        return List.of(new Warning(RUN_EXISTS,
                "%s has the run %s already, which %s. To start another one, send the request with \"revision\": \"new\"."
                        .formatted(run.period(), run.id(), why)));
    }

    private static URI location(List<Run> started, UriInfo uri) {
        var list = uri.getAbsolutePathBuilder();
        return started.size() == 1 ? list.path(started.getFirst().id()).build() : list.build();
    }
}
