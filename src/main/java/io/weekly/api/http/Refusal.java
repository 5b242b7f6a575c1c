package io.weekly.api.http;

import io.weekly.api.http.Problem.Invalid;
import java.util.List;
import java.util.Map;

/** A request that a resource refuses. Becomes a {@link Problem}; without a stack trace, since it is no error of the program. */
public final class Refusal extends RuntimeException {

    private final int status;
    private final List<Invalid> errors;
    private final Map<String, Object> headers;

    private Refusal(int status, String detail, List<Invalid> errors) {
        this(status, detail, errors, Map.of());
    }

    private Refusal(int status, String detail, List<Invalid> errors, Map<String, Object> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.errors = errors;
        this.headers = headers;
    }

    public static Refusal badRequest(String detail) {
        return new Refusal(400, detail, List.of());
    }

    public static Refusal notFound() {
        return new Refusal(404, "There is no such thing here.", List.of());
    }

    public static Refusal conflict(String detail) {
        return new Refusal(409, detail, List.of());
    }

    /** 409 that will pass by itself. */
    static Refusal underWay(String detail) {
        return new Refusal(409, detail, List.of(), Map.of("Retry-After", 1));
    }

    public static Refusal gone(String detail) {
        return new Refusal(410, detail, List.of());
    }

    static Refusal preconditionFailed() {
        return new Refusal(412, "There is another version than the one that If-Match names.", List.of());
    }

    static Refusal noSuchRange(long bytes) {
        return new Refusal(416, "The file has %d bytes.".formatted(bytes), List.of(), Map.of("Content-Range", "bytes */" + bytes));
    }

    public static Refusal tooLarge(String detail) {
        return new Refusal(413, detail, List.of());
    }

    public static Refusal unsupported(String detail, Map<String, Object> headers) {
        return new Refusal(415, detail, List.of(), headers);
    }

    public static Refusal invalid(String field, String message) {
        return invalid(List.of(new Invalid(field, message)));
    }

    public static Refusal invalid(List<Invalid> errors) {
        return new Refusal(422, "Some fields are not right.", errors);
    }

    int status() {
        return status;
    }

    public List<Invalid> errors() {
        return errors;
    }

    /** What the answer says besides. */
    Map<String, Object> headers() {
        return headers;
    }
}
