package io.weekly.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;

/**
 * An error response (RFC 9457).
 *
 * @param detail an explanation for people, without internals of the service
 * @param instance the path of the request, without the token of a link
 * @param errors of a 422: the invalid fields of the body
 */
@RegisterForReflection // resources return it in a Response, so Quarkus does not see this type
@JsonPropertyOrder({"type", "title", "status", "detail", "instance", "errors"})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @JsonInclude(Include.NON_EMPTY) List<Invalid> errors) {

    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** An invalid field, named as in JSON: {@code brand.color}, {@code formats[1]}. */
    public record Invalid(String field, String message) {}

    static Problem of(int status, String detail, String instance, List<Invalid> errors) {
        return new Problem("about:blank", title(status), status, detail, LinkPaths.withoutToken(instance), errors);
    }

    private static String title(int status) {
        if (status == 422) {
            return "Unprocessable Content";
        }
        var known = Status.fromStatusCode(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }
}
