package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.Caller;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.AcceptedRequests;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.Validation;
import io.weekly.run.Run;
import io.weekly.run.RunRetry;
import io.weekly.run.Runs;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Retries the failed reports of a run. */
@Path("/api/v1/runs/{id}/retry")
@Tag(name = "Runs")
@ForTenantAdmins
public class RunRetryResource {

    private final RunRetry retry;
    private final Runs runs;
    private final Validation validation;
    private final AcceptedRequests accepted;
    private final RequestAccess access;

    RunRetryResource(RunRetry retry, Runs runs, Validation validation, AcceptedRequests accepted, RequestAccess access) {
        this.retry = retry;
        this.runs = runs;
        this.validation = validation;
        this.accepted = accepted;
        this.access = access;
    }

    /**
     * The answer to a retry.
     *
     * @param retried how many reports are tried again
     * @param run its state after that
     */
    public record Retried(int retried, Run run) {}

    // The work goes on if the client does not wait for the answer.
    @Cancellable(false)
    @POST
    @Operation(
            operationId = "retryRun",
            summary = "Continues the failed reports of a run, each at the stage where it failed",
            description = "With a reason only the reports with this delivery.reason, or with exactly this error. A report that is tried"
                    + " again is not failed any more, so the call can be repeated. Reports of a run that is held or being cancelled stay as"
                    + " they are.")
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Retried.class)))
    public Uni<Response> retry(@RestPath String id, @Nullable RetryCall call, UriInfo uri) {
        var caller = access.caller();
        var reason = Optional.ofNullable(call).map(validation::require).map(RetryCall::reason);
        return accepted.answer(
                call,
                () -> find(caller, id)
                        .flatMap(run -> retry.retry(caller.scope(), run, reason, caller.actor()))
                        .flatMap(retried -> find(caller, id).map(run -> new Retried(retried, run))),
                _ -> uri.getBaseUriBuilder().path(RunResource.class).path(id).build());
    }

    private Uni<Run> find(Caller caller, String id) {
        return runs.find(caller.scope(), id).map(found -> found.orElseThrow(ProblemException::notFound));
    }
}
