package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.core.Vertx;
import io.weekly.access.ClientAddress;
import io.weekly.api.http.ForEveryone;
import io.weekly.api.http.ProblemException;
import io.weekly.delivery.inbound.DsnReader;
import io.weekly.delivery.inbound.InboundConfig;
import io.weekly.delivery.inbound.RequestSignature;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
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

/** Messages of mail systems about mails of this service, from a pipe of a mail server. */
@Path("/api/v1/inbound/dsn")
@Tag(name = "Inbound")
@ForEveryone
public class DsnInboundResource {

    private static final String RFC822 = "message/rfc822";

    private final InboundConfig config;
    private final InboundAnswers answers;
    private final Vertx vertx;

    DsnInboundResource(InboundConfig config, InboundAnswers answers, Vertx vertx) {
        this.config = config;
        this.answers = answers;
        this.vertx = vertx;
    }

    @POST
    @Consumes({RFC822, MediaType.APPLICATION_OCTET_STREAM})
    @Operation(
            operationId = "receiveDsn",
            summary = "Receives a message of a mail system; 404 unless weekly.inbound.dsn.secret is set",
            description = "Delivery status notifications (RFC 3464), complaints (RFC 5965), and the plain texts of Exim and qmail. The"
                    + " header Weekly-Signature authenticates the request. Any other message is ignored, and so is one about a mail that is"
                    + " not known. A repeated message changes nothing. Only the first megabyte of a message is needed.")
    @RequestBody(content = @Content(mediaType = RFC822, schema = @Schema(ref = "Bytes")))
    @APIResponse(
            responseCode = "200",
            description = "What became of the events.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = InboundAnswer.class)))
    public Uni<InboundAnswer> receive(
            byte @Nullable [] body,
            @HeaderParam(RequestSignature.HEADER) @Nullable String signature,
            @Context HttpServerRequest request) {
        var message = answers.signed(body, signature, config.dsn().secrets(), ClientAddress.of(request));
        // A large message takes some ten milliseconds, which is too long for the event loop.
        return vertx.executeBlocking(() -> DsnReader.read(message), false)
                .flatMap(read -> answers.apply(
                        read.orElseThrow(() -> ProblemException.invalid("message", "is not a readable mail message"))));
    }
}
