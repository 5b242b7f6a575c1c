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
 * Refuses bodies that say that they are too large before anything of them is read. Quarkus' own limit, which follows after this one,
 * would answer without a problem. An upload of lines may be as large as that limit; any other body is held in memory, so 1 MB.
 */
@ApplicationScoped
public class BodyLimits {

    /** The media type of an upload: one JSON object a line. */
    public static final String UPLOAD = "application/x-ndjson";

    private static final long OTHER_BYTES = 1024 * 1024;
    /** Before Quarkus' own limit, which has order -2; filters have their priority's negative. */
    private static final int FIRST = 1000;

    private final ProblemWriter refusal;
    private final long uploadBytes;

    BodyLimits(
            ProblemWriter refusal, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize uploadBytes) {
        this.refusal = refusal;
        this.uploadBytes = uploadBytes.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FIRST);
    }

    private void check(RoutingContext request) {
        var length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        var most = isUpload(request) ? uploadBytes : OTHER_BYTES;
        if (length != null && length.matches("[0-9]{1,18}") && Long.parseLong(length) > most) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
            refusal.end(request, 413, "The body is larger than %d bytes.".formatted(most));
        } else {
            request.next();
        }
    }

    /** For bodies that do not say how large they are: what reads them stops there. */
    static void limit(RoutingContext request) {
        if (!isUpload(request)) {
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, OTHER_BYTES);
        }
    }

    private static boolean isUpload(RoutingContext request) {
        var type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.startsWith(UPLOAD);
    }
}
