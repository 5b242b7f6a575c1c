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

/** Answers about work that takes a while, for clients that ask again: when to, and nothing twice. */
@ApplicationScoped
public class StatusPolling {

    private static final int SECONDS = 1;

    private final ObjectMapper json;

    StatusPolling(ObjectMapper json) {
        this.json = json;
    }

    /** 202: the work has begun, and where to ask for it. */
    public Response accepted(URI where, Object work) {
        return Response.accepted(work)
                .location(where)
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.RETRY_AFTER, SECONDS)
                .build();
    }

    /** Where the work stands, or a 304 where the client knows. Its ETag is of the very bytes that are sent. */
    public Response current(Object work, boolean done, Request request) {
        return current(work, new EntityTag(Sha256.hex(bytes(work)).substring(0, 32)), done, request);
    }

    /** The same with an ETag that the work has of itself. */
    public Response current(Object work, EntityTag tag, boolean done, Request request) {
        var bytes = bytes(work);
        var known = ConditionalRequest.of(request, tag);
        var answer = known == null ? Response.ok(bytes, MediaType.APPLICATION_JSON) : known;
        return described(answer, tag, done);
    }

    /** 304: the client knows where the work stands. */
    public Response notModified(EntityTag tag, boolean done) {
        return described(Response.notModified(), tag, done);
    }

    private static Response described(ResponseBuilder answer, EntityTag tag, boolean done) {
        answer.tag(tag).header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        return (done ? answer : answer.header(HttpHeaders.RETRY_AFTER, SECONDS)).build();
    }

    private byte[] bytes(Object work) {
        try {
            return json.writeValueAsBytes(work);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of ours is no JSON", e);
        }
    }
}
