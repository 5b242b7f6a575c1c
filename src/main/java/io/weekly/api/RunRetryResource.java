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

    private static final int BUSY_SECONDS = 5;

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
     * @param retried how many reports this call tries again
     * @param complete false if failed reports were left, because the run is held or being cancelled, or because of errors
     * @param run its state after that
     */
    public record Retried(int retried, boolean complete, Run run) {}

    // The work goes on if the client does not wait for the answer.
    @Cancellable(false)
    @POST
    @Operation(
            operationId = "retryRun",
            summary = "Continues the failed reports of a run, each at the stage where it failed",
            description = "With a reason only the reports with this delivery.reason, or with exactly this error. A report that is tried"
                    + " again is not failed any more, so the call can be repeated. Reports of a run that is held or being cancelled stay as"
                    + " they are. Each set of at most 512 reports is committed on its own, also with an Idempotency-Key. If the call breaks"
                    + " off, the same call retries the rest. A 503 with Retry-After if the process retries four runs already.")
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
                        .flatMap(run -> retry.retry(run, reason, caller.actor()))
                        .flatMap(outcome -> answer(caller, id, outcome)),
                _ -> uri.getBaseUriBuilder().path(RunResource.class).path(id).build());
    }

    private Uni<Retried> answer(Caller caller, String id, RunRetry.Outcome outcome) {
        return switch (outcome) {
            case RunRetry.Outcome.Done done -> find(caller, id).map(run -> new Retried(done.retried(), done.complete(), run));
            case RunRetry.Outcome.Busy _ -> throw ProblemException.busy(
                    "This process is retrying other runs at the moment; send the request again later.", BUSY_SECONDS);
        };
    }

    private Uni<Run> find(Caller caller, String id) {
        return runs.find(caller.scope(), id).map(found -> found.orElseThrow(ProblemException::notFound));
    }
}
