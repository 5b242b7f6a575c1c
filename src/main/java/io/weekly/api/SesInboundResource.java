package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.weekly.access.ClientAddress;
import io.weekly.api.http.ForEveryone;
import io.weekly.api.http.ProblemException;
import io.weekly.delivery.inbound.SnsReceiver;
import io.weekly.delivery.inbound.SnsReceiver.Received;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Bounces, complaints and deliveries of Amazon SES, which Amazon SNS sends and signs. */
@Path("/api/v1/inbound/ses")
@Tag(name = "Inbound")
@ForEveryone
public class SesInboundResource {

    private static final int RETRY_SECONDS = 20;

    private final SnsReceiver sns;
    private final InboundAnswers answers;

    SesInboundResource(SnsReceiver sns, InboundAnswers answers) {
        this.sns = sns;
        this.answers = answers;
    }

    @POST
    @Consumes({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "receiveSesEvents",
            summary = "Receives a message of Amazon SNS with events of Amazon SES; 404 unless weekly.inbound.ses.topics is set",
            description = "The signature of Amazon SNS authenticates the request. A subscription of an allowed topic is confirmed. An event"
                    + " about a mail that is not known is ignored. A repeated event changes nothing.")
    @RequestBody(content = @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(ref = "SnsMessage")))
    @APIResponse(
            responseCode = "200",
            description = "What became of the events.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = InboundAnswer.class)))
    public Uni<InboundAnswer> receive(byte @Nullable [] body, @Context HttpServerRequest request) {
        if (!sns.isEnabled()) {
            throw ProblemException.notFound();
        }
        return sns.receive(body == null ? new byte[0] : body).flatMap(received -> switch (received) {
            case Received.Events(var events) -> answers.apply(events);
            case Received.Malformed _ -> throw ProblemException.badRequest("The body is no message of Amazon SNS.");
            case Received.Forged _ -> throw answers.refused(ClientAddress.of(request));
            case Received.Unavailable(var counts) -> {
                var problem = ProblemException.busy("Amazon SNS cannot be reached to check the signature. Send it again.", RETRY_SECONDS);
                throw counts ? answers.unchecked(problem, ClientAddress.of(request)) : problem;
            }
        });
    }
}
