package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.Filters;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.Page;
import io.weekly.api.http.Paging;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.StatusPolling;
import io.weekly.run.Run;
import io.weekly.run.RunFilter;
import io.weekly.run.RunState;
import io.weekly.run.Runs;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Runs: all reports of one definition and period for one tenant. */
@Path("/api/v1/runs")
@Tag(name = "Runs")
@ForTenantAdmins
public class RunResource {

    private final Runs runs;
    private final StatusPolling polling;
    private final RequestAccess access;

    RunResource(Runs runs, StatusPolling polling, RequestAccess access) {
        this.runs = runs;
        this.polling = polling;
        this.access = access;
    }

    @GET
    @Operation(operationId = "listRuns", summary = "The newest runs first")
    public Uni<Page<Run>> list(@BeanParam Query query, @BeanParam Paging paging) {
        var before = paging.after(Filters.ID).orElse(null);
        return runs.list(access.caller().scope(), query.filter(), paging.fetchLimit(), before)
                .map(found -> Page.of(found, paging, Run::id));
    }

    /** The filters of the list. */
    static class Query {
        @QueryParam("tenant") @Nullable String tenant;
        @QueryParam("definition") @Nullable String definition;
        @QueryParam("period") @Nullable String period;
        @QueryParam("state") @Nullable String state;

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
    @Operation(operationId = "getRun", summary = "The state of a run; Retry-After until it has ended, 304 if it has not changed")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Run.class)))
    @APIResponse(responseCode = "304", description = "Nothing has changed.")
    public Uni<Response> find(@RestPath String id, Request request) {
        return runs.find(access.caller().scope(), id)
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .map(run -> polling.current(run, hasEnded(run), request));
    }

    private static boolean hasEnded(Run run) {
        return run.finishedAt() != null;
    }
}
