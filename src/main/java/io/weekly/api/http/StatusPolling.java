package io.weekly.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weekly.audit.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.net.URI;

/** Responses about the state of long work: Retry-After for the next poll, and ETags, so that an unchanged state is a 304. */
@ApplicationScoped
public class StatusPolling {

    private static final int POLL_SECONDS = 1;

    private final ObjectMapper json;

    StatusPolling(ObjectMapper json) {
        this.json = json;
    }

    /** 202: the work was accepted, and {@code where} is the address of its state. */
    public Response accepted(URI where, Object work) {
        return Response.accepted(work)
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.LOCATION, Locations.path(where))
                .header(HttpHeaders.RETRY_AFTER, POLL_SECONDS)
                .build();
    }

    /** The state of the work, or a 304 if the client has it. The ETag is the hash of the bytes that are sent. */
    public Response current(Object work, boolean done, Request request) {
        return current(work, new EntityTag(Sha256.hex(bytes(work)).substring(0, 32)), done, request);
    }

    /** The same, with an ETag that the work provides. */
    public Response current(Object work, EntityTag tag, boolean done, Request request) {
        var bytes = bytes(work);
        var answer = ConditionalRequest.evaluate(request, tag).orElseGet(() -> Response.ok(bytes, MediaType.APPLICATION_JSON));
        return described(answer, tag, done);
    }

    /** 304: the client has the current state. */
    public Response notModified(EntityTag tag, boolean done) {
        return described(Response.notModified(), tag, done);
    }

    private static Response described(ResponseBuilder answer, EntityTag tag, boolean done) {
        answer.tag(tag);
        return (done ? answer : answer.header(HttpHeaders.RETRY_AFTER, POLL_SECONDS)).build();
    }

    private byte[] bytes(Object work) {
        try {
            return json.writeValueAsBytes(work);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record could not be written as JSON", e);
        }
    }
}
