package io.weekly.api.http;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response.ResponseBuilder;

/** What a client says that it has of a thing, held against what there is (RFC 9110, section 13). */
public final class ConditionalRequest {

    private static final int FAILED = 412;

    private ConditionalRequest() {}

    /** A 304 where the client has this version; null where it does not, or says nothing. A 412 where it wants another and no other. */
    public static ResponseBuilder of(Request request, EntityTag tag) {
        var known = request.evaluatePreconditions(tag);
        if (known != null && known.clone().build().getStatus() == FAILED) {
            throw ProblemException.preconditionFailed();
        }
        return known;
    }
}
