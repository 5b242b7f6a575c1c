package io.weekly.api;

import static io.weekly.api.http.Validation.requireBody;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.ForOperators;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.Validation;
import io.weekly.queue.Lane;
import io.weekly.queue.Lanes;
import io.weekly.queue.QueueOverview;
import io.weekly.queue.QueueState;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The state of the queue and its workers. */
@Path("/api/v1/queue")
@Tag(name = "Queue")
@ForOperators
public class QueueResource {

    private final QueueOverview overview;
    private final Lanes lanes;
    private final Validation validation;
    private final RequestAccess access;

    QueueResource(QueueOverview overview, Lanes lanes, Validation validation, RequestAccess access) {
        this.overview = overview;
        this.lanes = lanes;
        this.validation = validation;
        this.access = access;
    }

    @GET
    @Operation(operationId = "getQueue", summary = "The lanes, and the processes that work them")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = QueueState.class)))
    public Uni<QueueState> now() {
        return overview.now();
    }

    @PUT
    @Path("/{lane}")
    @Operation(
            operationId = "pauseLane",
            summary = "Pauses or resumes a lane: within two seconds nobody claims jobs of it, and running jobs finish; returns the lane")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = QueueState.LaneState.class)))
    public Uni<QueueState.LaneState> pause(@RestPath String lane, @Nullable LanePause wanted) {
        var known = Lane.named(lane).orElseThrow(ProblemException::notFound);
        boolean paused = validation.require(requireBody(wanted)).paused();
        return lanes.pause(known, paused, access.caller().actor()).flatMap(_ -> overview.of(known));
    }
}
