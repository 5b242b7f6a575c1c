package io.weekly.api.http;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Optional;

/** Evaluates the preconditions of a request, such as If-None-Match (RFC 9110, section 13). */
public final class ConditionalRequest {

    private static final int FAILED = 412;

    private ConditionalRequest() {}

    /**
     * A 304 if the client has this version; empty if it has another one or sends no precondition. Fails with a 412 if the client accepts
     * only another version.
     */
    public static Optional<ResponseBuilder> evaluate(Request request, EntityTag tag) {
        var known = request.evaluatePreconditions(tag);
        if (known != null && known.clone().build().getStatus() == FAILED) {
            throw ProblemException.preconditionFailed();
        }
        return Optional.ofNullable(known);
    }
}
