package io.weekly.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param detail for the person who reads it; nothing of the service's inside
 * @param instance the path that was asked for
 * @param errors of a 422: what is wrong with which field of the body
 */
@RegisterForReflection // answered as a Response, which says nothing of what is in it
@JsonPropertyOrder({"type", "title", "status", "detail", "instance", "errors"})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @JsonInclude(Include.NON_EMPTY) List<Invalid> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** One field, named as in JSON: {@code brand.color}, {@code formats[1]}. */
    public record Invalid(String field, String message) {}

    static Problem of(int status, String detail, String instance, List<Invalid> errors) {
        return new Problem("about:blank", title(status), status, detail, instance, errors);
    }

    private static String title(int status) {
        if (status == 422) {
            return "Unprocessable Content";
        }
        var known = Status.fromStatusCode(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }
}
