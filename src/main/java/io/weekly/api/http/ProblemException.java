package io.weekly.api.http;

import io.weekly.api.http.Problem.Invalid;
import java.util.List;
import java.util.Map;

/** A request that a resource refuses. Becomes a {@link Problem}; without a stack trace, since it is no error of the program. */
public final class ProblemException extends RuntimeException {

    private final int status;
    private final List<Invalid> errors;
    private final Map<String, Object> headers;

    private ProblemException(int status, String detail, List<Invalid> errors) {
        this(status, detail, errors, Map.of());
    }

    private ProblemException(int status, String detail, List<Invalid> errors, Map<String, Object> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.errors = errors;
        this.headers = headers;
    }

    public static ProblemException badRequest(String detail) {
        return new ProblemException(400, detail, List.of());
    }

    public static ProblemException notFound() {
        return new ProblemException(404, "There is no such thing here.", List.of());
    }

    public static ProblemException conflict(String detail) {
        return new ProblemException(409, detail, List.of());
    }

    /** 409 that will pass by itself. */
    static ProblemException inProgress(String detail) {
        return new ProblemException(409, detail, List.of(), Map.of("Retry-After", 1));
    }

    public static ProblemException gone(String detail) {
        return new ProblemException(410, detail, List.of());
    }

    static ProblemException preconditionFailed() {
        return new ProblemException(412, "There is another version than the one that If-Match names.", List.of());
    }

    static ProblemException noSuchRange(long bytes) {
        return new ProblemException(416, "The file has %d bytes.".formatted(bytes), List.of(), Map.of("Content-Range", "bytes */" + bytes));
    }

    public static ProblemException tooLarge(String detail) {
        return new ProblemException(413, detail, List.of());
    }

    public static ProblemException unsupported(String detail, Map<String, Object> headers) {
        return new ProblemException(415, detail, List.of(), headers);
    }

    public static ProblemException invalid(String field, String message) {
        return invalid(List.of(new Invalid(field, message)));
    }

    public static ProblemException invalid(List<Invalid> errors) {
        return new ProblemException(422, "Some fields are not right.", errors);
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
