package io.weekly.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Compresses texts. This includes problems, which Quarkus would not compress. Files are not compressed, because their Content-Length and
 * ranges count the bytes of the file. A compressed response has the same ETag as the uncompressed one. So a client that requests another
 * encoding next time still gets a 304.
 */
@ApplicationScoped
class Compression {

    /** Before all filters that write a response. */
    private static final int FIRST = 2000;

    private final Set<String> mediaTypes;

    Compression(@ConfigProperty(name = "quarkus.http.compress-media-types") Set<String> mediaTypes) {
        this.mediaTypes = mediaTypes;
    }

    void register(@Observes Filters filters) {
        filters.register(request -> {
            request.addHeadersEndHandler(_ -> headers(request));
            request.next();
        }, FIRST);
    }

    /** Vary tells caches that the response depends on the encoding or, with CORS, on the origin. */
    private void headers(RoutingContext request) {
        var headers = request.response().headers();
        var type = headers.get(HttpHeaders.CONTENT_TYPE);
        var isText = type != null && mediaTypes.contains(type.split(";", 2)[0].strip());
        // A response without a body has no Content-Encoding.
        if (isText || type == null || request.request().method() == HttpMethod.HEAD) {
            headers.remove(HttpHeaders.CONTENT_ENCODING);
        }
        if (isText) {
            headers.add(HttpHeaders.VARY, "Accept-Encoding");
        }
        if (headers.contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
            headers.add(HttpHeaders.VARY, "Origin");
        }
    }
}
