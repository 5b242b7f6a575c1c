package io.weekly.api.http;

import io.weekly.api.http.Problem.Invalid;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Ends a request with a {@link Problem}. It has no stack trace, because it is not a programming error. */
public final class ProblemException extends RuntimeException {

    /** A missing key comes back with a restart at the earliest. */
    private static final int KEY_RETRY_SECONDS = 60;

    private final int status;
    private final String detail;
    private final List<Invalid> errors;
    private final Map<String, Object> headers;

    private ProblemException(int status, String detail, List<Invalid> errors) {
        this(status, detail, errors, Map.of());
    }

    private ProblemException(int status, String detail, List<Invalid> errors, Map<String, Object> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.detail = detail;
        this.errors = errors;
        this.headers = headers;
    }

    /** 400: the request cannot be read. */
    public static ProblemException badRequest(String detail) {
        return new ProblemException(400, detail, List.of());
    }

    /** 403: the signature of the request is missing or wrong. It does not say what is wrong, which would help only a forger. */
    public static ProblemException notSigned() {
        return new ProblemException(403, "The signature of the request is missing or wrong.", List.of());
    }

    /** 404: there is no such thing for this caller. */
    public static ProblemException notFound() {
        return new ProblemException(404, "There is no such thing here.", List.of());
    }

    /** 409: the state of the thing does not allow this. */
    public static ProblemException conflict(String detail) {
        return new ProblemException(409, detail, List.of());
    }

    /** 409 with Retry-After: a request with the same key is still running. */
    static ProblemException inProgress(String detail) {
        return new ProblemException(409, detail, List.of(), Map.of("Retry-After", 1));
    }

    /** 410: the thing existed and is no longer kept. */
    public static ProblemException gone(String detail) {
        return new ProblemException(410, detail, List.of());
    }

    static ProblemException preconditionFailed() {
        return new ProblemException(412, "There is another version than the one that If-Match names.", List.of());
    }

    static ProblemException noSuchRange(long bytes) {
        return new ProblemException(416, "The file has %d bytes.".formatted(bytes), List.of(), Map.of("Content-Range", "bytes */" + bytes));
    }

    /** 413: the body is too large. */
    public static ProblemException tooLarge(String detail) {
        return new ProblemException(413, detail, List.of());
    }

    /** 415: the media type or encoding of the body is not supported. */
    public static ProblemException unsupported(String detail, Map<String, Object> headers) {
        return new ProblemException(415, detail, List.of(), headers);
    }

    /** 422: one field is invalid. */
    public static ProblemException invalid(String field, String message) {
        return invalid(List.of(new Invalid(field, message)));
    }

    /** 422: these fields are invalid. */
    public static ProblemException invalid(List<Invalid> errors) {
        return new ProblemException(422, "Some fields are not right.", errors);
    }

    /** 429 with Retry-After: the caller, its address or its tenant has sent too many requests. */
    public static ProblemException tooMany(String detail, Duration wait) {
        return new ProblemException(429, detail, List.of(), Map.of("Retry-After", Math.max(1, wait.plusMillis(999).toSeconds())));
    }

    /** 500: what the service has stored cannot be used. The caller can do nothing about it. */
    public static ProblemException broken(String detail) {
        return new ProblemException(500, detail, List.of());
    }

    /** 503 with Retry-After: the database is away. */
    static ProblemException unavailable() {
        return new ProblemException(
                503, "The service cannot work at the moment; send the request again later.", List.of(), Map.of("Retry-After", 5));
    }

    /** 503 with Retry-After: a key is not configured that the thing was made with. The log names it. */
    static ProblemException keyMissing() {
        return busy("A key that this needs is not configured at the moment. The service's log names it.", KEY_RETRY_SECONDS);
    }

    /** 503 with Retry-After: the service is busy; the same request may succeed later. */
    public static ProblemException busy(String detail, int retryAfterSeconds) {
        return new ProblemException(503, detail, List.of(), Map.of("Retry-After", retryAfterSeconds));
    }

    /** The status of the response. */
    public int status() {
        return status;
    }

    String detail() {
        return detail;
    }

    /** The invalid fields of a 422. */
    public List<Invalid> errors() {
        return errors;
    }

    /** Additional headers of the response. */
    public Map<String, Object> headers() {
        return headers;
    }
}
