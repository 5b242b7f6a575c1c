package io.weekly.api.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/** The path of a request in the form that resources are matched with. Filters that read a path use this one, so none is passed by. */
final class RequestPaths {

    private RequestPaths() {}

    /** The path without dot segments, double slashes and encoded letters; as the client sent it if its encoding is invalid. */
    static String normalized(RoutingContext request) {
        try {
            return request.normalizedPath();
        } catch (IllegalArgumentException _) {
            return Objects.requireNonNullElse(request.request().path(), ""); // no resource matches it
        }
    }
}
