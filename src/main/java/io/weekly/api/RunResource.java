package io.weekly.api;

import static io.weekly.api.http.Validation.body;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.access.Caller;
import io.weekly.access.NotVisible;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.Filters;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.IdempotentRequests;
import io.weekly.api.http.Page;
import io.weekly.api.http.Paging;
import io.weekly.api.http.Refusal;
import io.weekly.api.http.StatusPolling;
import io.weekly.api.http.Validation;
import io.weekly.report.ReportFormat;
import io.weekly.run.Run;
import io.weekly.run.RunFilter;
import io.weekly.run.RunOrder;
import io.weekly.run.RunStart;
import io.weekly.run.RunState;
import io.weekly.run.Runs;
import io.weekly.tenant.Tenant;
import io.weekly.tenant.Tenants;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Everybody's reports of one definition and period. */
@Path("/api/v1/runs")
@Tag(name = "Runs")
@ForTenantAdmins
public class RunResource {

    private final Runs runs;
    private final RunStart start;
    private final Tenants tenants;
    private final RequestedDefinition definitions;
    private final Validation invalids;
    private final StatusPolling progress;
    private final IdempotentRequests once;
    private final RequestAccess gate;

    RunResource(
            Runs runs, RunStart start, Tenants tenants, RequestedDefinition definitions, Validation invalids, StatusPolling progress,
            IdempotentRequests once, RequestAccess gate) {
        this.runs = runs;
        this.start = start;
        this.tenants = tenants;
        this.definitions = definitions;
        this.invalids = invalids;
        this.progress = progress;
        this.once = once;
        this.gate = gate;
    }

    @POST
    @Operation(operationId = "startRuns", summary = "One run a tenant; a period that has a run answers with that run unless revision is new")
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Begun.class)))
    public Uni<Response> create(RunCall call, UriInfo uri) {
        var caller = gate.caller();
        invalids.refuse(body(call));
        return once.answer(call, () -> tenants(caller, call)
                .collect()
                .asList()
                .flatMap(all -> Multi.createFrom()
                        .iterable(all)
                        .onItem()
                        .transformToUniAndConcatenate(tenant -> begin(caller, tenant, call))
                        .collect()
                        .asList())
                .map(begun -> progress.begun(location(begun, uri), new Begun(begun))));
    }

    /** The runs that a call began, or that its period had already; one a tenant. */
    @RegisterForReflection // answered as a Response, which says nothing of what is in it
    @Schema(name = "RunsBegun")
    public record Begun(List<Run> items) {}

    /** All of them before any run begins: a name that is wrong starts nothing. */
    private Multi<Tenant> tenants(Caller caller, RunCall call) {
        definitions.require(call.definition(), call.formats());
        var slugs = call.tenants();
        if (caller.tenant().isPresent()) {
            var own = caller.tenant().get();
            if (slugs != null && !slugs.equals(List.of(own.slug()))) {
                throw new NotVisible();
            }
            return Multi.createFrom().item(own);
        }
        return slugs == null
                ? tenants.all()
                : Multi.createFrom().iterable(slugs).onItem().transformToUniAndConcatenate(slug -> tenants.find(slug)
                        .map(found -> found.orElseThrow(
                                () -> Refusal.invalid("tenants[%d]".formatted(slugs.indexOf(slug)), "is unknown"))));
    }

    private Uni<Run> begin(Caller caller, Tenant tenant, RunCall call) {
        var order = RunOrder.byHand(
                tenant.id(), caller.actor(), call.definition(), call.period(), ReportFormat.listOf(call.formats()), call.delivery());
        var id = call.anew() ? start.nextRevision(order) : start.byHand(order);
        return id.flatMap(it -> runs.find(tenant.scope(), it)).map(found -> found.orElseThrow(NotVisible::new));
    }

    private static URI location(List<Run> begun, UriInfo uri) {
        var list = uri.getAbsolutePathBuilder();
        return begun.size() == 1 ? list.path(begun.getFirst().id()).build() : list.build();
    }

    @GET
    @Operation(operationId = "listRuns", summary = "The newest runs first")
    public Uni<Page<Run>> list(@BeanParam Query query, @BeanParam Paging paging) {
        var before = paging.after(Filters.ID).orElse(null);
        return runs.list(gate.caller().scope(), query.filter(), paging.lookFor(), before)
                .map(found -> Page.of(found, paging, Run::id));
    }

    /** What the list is narrowed to. */
    static class Query {
        @QueryParam("tenant") String tenant;
        @QueryParam("definition") String definition;
        @QueryParam("period") String period;
        @QueryParam("state") String state;

        RunFilter filter() {
            return new RunFilter(
                    Filters.text(tenant),
                    Filters.text(definition),
                    Filters.period("period", period),
                    Filters.word("state", state, text -> Arrays.stream(RunState.values())
                            .filter(it -> it.text().equals(text))
                            .findFirst()));
        }
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getRun", summary = "Where a run stands; Retry-After until it has ended, 304 where the client knows")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Run.class)))
    @APIResponse(responseCode = "304", description = "Nothing has changed.")
    public Uni<Response> find(@RestPath String id, Request request) {
        return runs.find(gate.caller().scope(), id)
                .map(found -> found.orElseThrow(Refusal::notFound))
                .map(run -> progress.now(run, hasEnded(run), request));
    }

    private static boolean hasEnded(Run run) {
        return run.finishedAt() != null;
    }
}
