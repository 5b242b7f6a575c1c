package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.AcceptedRequests;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.ProblemException;
import io.weekly.run.Run;
import io.weekly.run.RunDecisions;
import io.weekly.run.RunDecisions.Decided;
import io.weekly.run.Runs;
import io.weekly.schedule.UpcomingSends;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Cancels or approves a run. */
@Path("/api/v1/runs/{id}")
@Tag(name = "Runs")
@ForTenantAdmins
public class RunDecisionResource {

    private final RunDecisions decisions;
    private final Runs runs;
    private final UpcomingSends upcomingSends;
    private final AcceptedRequests accepted;
    private final RequestAccess access;

    RunDecisionResource(
            RunDecisions decisions, Runs runs, UpcomingSends upcomingSends, AcceptedRequests accepted, RequestAccess access) {
        this.decisions = decisions;
        this.runs = runs;
        this.upcomingSends = upcomingSends;
        this.accepted = accepted;
        this.access = access;
    }

    @POST
    @Path("/cancellation")
    @Operation(
            operationId = "cancelRun",
            summary = "Cancels the reports of a run that have not started",
            description = "Reports that are being generated or mailed finish first, and then the run gets its finishedAt. 409 if the run"
                    + " has ended. If a schedule will still send the reports of the week, the warnings say so.")
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Run.class)))
    public Uni<Response> cancel(@RestPath String id, UriInfo uri) {
        var caller = access.caller();
        return accepted.answer(
                null,
                () -> decided(id, "cancelled", decisions.cancel(caller.scope(), id, caller.actor(), "by hand"))
                        .flatMap(run -> upcomingSends.warnings(run).map(run::with)),
                _ -> location(uri));
    }

    @POST
    @Path("/approval")
    @Operation(
            operationId = "approveRun",
            summary = "Continues a held or waiting run",
            description = "Approves the canaries (the first few reports, mailed to the schedule's owner as samples), or continues with"
                    + " incomplete data if the run waits for them or is held because they are late. 409 if it is neither held nor"
                    + " waiting.")
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Run.class)))
    public Uni<Response> approve(@RestPath String id, UriInfo uri) {
        var caller = access.caller();
        return accepted.answer(
                null, () -> decided(id, "approved", decisions.approve(caller.scope(), id, caller.actor())), _ -> location(uri));
    }

    private Uni<Run> decided(String id, String participle, Uni<Optional<Decided>> decision) {
        return decision
                .invoke(decided -> {
                    switch (decided.orElseThrow(ProblemException::notFound)) {
                        case Decided.Done _ -> {}
                        case Decided.NotAllowed not -> throw ProblemException.conflict(
                                "The run is %s; it cannot be %s.".formatted(not.state().text(), participle));
                    }
                })
                .flatMap(_ -> runs.find(access.caller().scope(), id))
                .map(run -> run.orElseThrow(ProblemException::notFound));
    }

    private static URI location(UriInfo uri) {
        return uri.getAbsolutePath().resolve("../" + uri.getPathParameters().getFirst("id"));
    }
}
