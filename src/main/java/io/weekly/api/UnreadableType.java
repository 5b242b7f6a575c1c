package io.weekly.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;

/** Refuses a body whose Content-Type is no media type, such as {@code ;}: JAX-RS would fail on it as if the service were at fault. */
@ApplicationScoped
class UnreadableType {

    /** After those methods that no resource has: they are told what there is. */
    private static final int AFTER_METHODS = 40;

    private final EarlyRefusal refusal;

    UnreadableType(EarlyRefusal refusal) {
        this.refusal = refusal;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_METHODS);
    }

    private void check(RoutingContext request) {
        var type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || isMediaType(type)) {
            request.next();
        } else {
            refusal.end(request, 415, "The Content-Type is no media type.");
        }
    }

    private static boolean isMediaType(String type) {
        try {
            MediaType.valueOf(type);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
