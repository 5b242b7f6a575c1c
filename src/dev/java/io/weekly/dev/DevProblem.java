package io.weekly.dev;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** The problem (RFC 9457) that a resource of dev mode answers. */
record DevProblem(String type, String title, int status, String detail, String instance) {

    static WebApplicationException of(Response.Status status, String instance, String detail) {
        DevProblem problem = new DevProblem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, instance);
        return new WebApplicationException(
                Response.status(status).type("application/problem+json").entity(problem).build());
    }
}
