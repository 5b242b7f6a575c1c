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
 * What is compressed is text, problems too, which Quarkus leaves out. A file is not: its length and ranges are those of its bytes. The
 * ETag stays that of what is compressed, so that whoever asks in another way next time still hears that nothing has changed.
 */
@ApplicationScoped
class Compression {

    /** Around all others. */
    private static final int FIRST = 2000;

    private final Set<String> mediaTypes;

    Compression(@ConfigProperty(name = "quarkus.http.compress-media-types") Set<String> mediaTypes) {
        this.mediaTypes = mediaTypes;
    }

    void register(@Observes Filters filters) {
        filters.register(request -> {
            request.addHeadersEndHandler(ended -> headers(request));
            request.next();
        }, FIRST);
    }

    /** Caches have to know that there is more than one form of an answer, by encoding or, with CORS, by origin. */
    private void headers(RoutingContext request) {
        var headers = request.response().headers();
        var type = headers.get(HttpHeaders.CONTENT_TYPE);
        var isText = type != null && mediaTypes.contains(type.split(";", 2)[0].strip());
        // An answer without a body has no encoding to tell of.
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
