package io.weekly.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.Consumer;
import org.jboss.resteasy.reactive.common.util.MediaTypeHelper;

/**
 * Refuses headers that no client should send and on which the framework fails as if the service were at fault: an Accept or a Content-Type
 * that is no media type, such as {@code ;}, and a Host that is missing.
 */
@ApplicationScoped
class HeaderCheck {

    private static final int BAD_REQUEST = 400;
    /** Around all that may ask for the host. */
    private static final int FIRST = 3000;
    /** After those methods that no resource has: they are told what there is. */
    private static final int AFTER_METHODS = 40;

    private final ProblemWriter refusal;

    HeaderCheck(ProblemWriter refusal) {
        this.refusal = refusal;
    }

    void register(@Observes Filters filters) {
        filters.register(this::host, FIRST);
        filters.register(this::types, AFTER_METHODS);
    }

    /** Some of it the router refuses itself, before any filter, and would say why in its own words. */
    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(failed -> {
            if (failed.statusCode() == BAD_REQUEST && !failed.response().ended()) {
                refusal.end(failed, BAD_REQUEST, "The request cannot be read; HTTP/1.1 asks for a Host.");
            } else {
                failed.next();
            }
        });
    }

    private void host(RoutingContext request) {
        if (request.request().authority() == null) {
            refusal.end(request, BAD_REQUEST, "The header Host is missing.");
        } else {
            request.next();
        }
    }

    private void types(RoutingContext request) {
        if (!isReadable(request.request().getHeader(HttpHeaders.CONTENT_TYPE), MediaTypeHelper::valueOf)) {
            refusal.end(request, 415, "The Content-Type is no media type.");
        } else if (!request.request().headers().getAll(HttpHeaders.ACCEPT).stream().allMatch(
                accepted -> isReadable(accepted, MediaTypeHelper::parseHeader))) {
            refusal.end(request, BAD_REQUEST, "Accept has something that is no media type.");
        } else {
            request.next();
        }
    }

    /** As the framework will read it. */
    private static boolean isReadable(String header, Consumer<String> reader) {
        try {
            if (header != null) {
                reader.accept(header);
            }
            return true;
        } catch (RuntimeException e) {
            return false; // it has no failure of its own for this
        }
    }
}
