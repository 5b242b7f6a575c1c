package io.weekly.api.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses a request if its Content-Length is too large, before the body is read. Quarkus' own limit runs after this one and would answer
 * without a problem. An upload of lines is not held in memory, so it may be as large as that limit. Every other body is held in memory, so
 * its limit is 1 MB. The form with which the reader of a mail unsubscribes has 16 KB.
 */
@ApplicationScoped
public class BodyLimits {

    /** The media type of an upload: one JSON object in each line. */
    public static final String UPLOAD = "application/x-ndjson";

    private static final long MAX_JSON_BYTES = 1024 * 1024;
    /** What anybody may send without a token of the platform. */
    private static final String UNSUBSCRIBE = "/unsubscribe/";

    private static final long MAX_FORM_BYTES = 16 * 1024;
    /** Before Quarkus' own limit. Filters with a higher priority run first. */
    private static final int FIRST = 1000;

    private final ProblemWriter problems;
    private final long maxUploadBytes;

    BodyLimits(
            ProblemWriter problems, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxUploadBytes) {
        this.problems = problems;
        this.maxUploadBytes = maxUploadBytes.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FIRST);
    }

    private void check(RoutingContext request) {
        var length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        var isForm = isForm(request);
        var maxBytes = isForm ? MAX_FORM_BYTES : isUpload(request) ? maxUploadBytes : MAX_JSON_BYTES;
        if (isForm) {
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, MAX_FORM_BYTES);
        }
        if (length != null && length.matches("[0-9]{1,18}") && Long.parseLong(length) > maxBytes) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
            problems.write(request, 413, "The body is larger than %d bytes.".formatted(maxBytes));
        } else {
            request.next();
        }
    }

    /** Limits a body without a Content-Length while it is read. */
    static void limit(RoutingContext request) {
        if (!isUpload(request) && !isForm(request)) {
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, MAX_JSON_BYTES);
        }
    }

    /** A form of a page for readers; {@link #check} has set its limit. */
    private static boolean isForm(RoutingContext request) {
        return RequestPaths.normalized(request).startsWith(UNSUBSCRIBE);
    }

    private static boolean isUpload(RoutingContext request) {
        var type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.startsWith(UPLOAD);
    }
}
