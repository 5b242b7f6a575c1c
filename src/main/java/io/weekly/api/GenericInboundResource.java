package io.weekly.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.weekly.access.ClientAddress;
import io.weekly.api.http.ForEveryone;
import io.weekly.api.http.JsonErrors;
import io.weekly.api.http.Validation;
import io.weekly.delivery.inbound.GenericEvent;
import io.weekly.delivery.inbound.InboundConfig;
import io.weekly.delivery.inbound.RequestSignature;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Events of mail systems in the service's own form, from a program of the operator. */
@Path("/api/v1/inbound/generic")
@Tag(name = "Inbound")
@ForEveryone
public class GenericInboundResource {

    private static final int MAX_EVENTS = 500;

    private final InboundConfig config;
    private final InboundAnswers answers;
    private final ObjectMapper json;
    private final Validation validation;

    GenericInboundResource(InboundConfig config, InboundAnswers answers, ObjectMapper json, Validation validation) {
        this.config = config;
        this.answers = answers;
        this.json = json;
        this.validation = validation;
    }

    /** @param events at most 500 */
    @RegisterForReflection // read from the bytes of the body, so Quarkus does not see this type
    @Schema(name = "InboundEvents")
    public record Events(
            @NotNull(message = "must be a list of 1 to 500 events")
                    @Size(min = 1, max = MAX_EVENTS, message = "must be a list of 1 to 500 events")
                    List<@NotNull @Valid GenericEvent> events) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "receiveInboundEvents",
            summary = "Receives up to 500 events of mails; 404 unless weekly.inbound.generic.secret is set",
            description = "The header Weekly-Signature authenticates the request. Each event names its mail by messageId, serverId or"
                    + " report. An event about a mail that is not known is ignored. A repeated event changes nothing.")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Events.class)))
    @APIResponse(
            responseCode = "200",
            description = "What became of the events.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = InboundAnswer.class)))
    public Uni<InboundAnswer> receive(
            byte @Nullable [] body,
            @HeaderParam(RequestSignature.HEADER) @Nullable String signature,
            @Context HttpServerRequest request) {
        var bytes = answers.signed(body, signature, config.generic().secrets(), ClientAddress.of(request));
        var events = validation.require(Validation.requireBody(read(bytes))).events();
        return answers.apply(events.stream().map(GenericEvent::event).toList());
    }

    private @Nullable Events read(byte[] body) {
        try {
            return json.readValue(body, Events.class);
        } catch (JsonProcessingException e) {
            throw JsonErrors.problem(e);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory could not be read", e);
        }
    }
}
