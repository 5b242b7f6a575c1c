package io.weekly.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.Consumer;
import org.jboss.resteasy.reactive.common.util.MediaTypeHelper;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests whose headers the framework cannot parse: an Accept or Content-Type that is not a media type, such as {@code ;}, and a
 * missing Host. The framework itself would answer them with a 500. Also refuses two Hosts (RFC 9112, section 3.2), because a proxy may read
 * another one than the service.
 */
@ApplicationScoped
class HeaderCheck {

    private static final int BAD_REQUEST = 400;
    /** Before every filter that may read the host. */
    private static final int FIRST = 3000;
    /** After AllowedMethods: a 405 comes first. */
    private static final int AFTER_METHODS = 40;

    private final ProblemWriter problems;
    private final SecurityHeaders headers;

    HeaderCheck(ProblemWriter problems, SecurityHeaders headers) {
        this.problems = problems;
        this.headers = headers;
    }

    void register(@Observes Filters filters) {
        filters.register(this::host, FIRST);
        filters.register(this::types, AFTER_METHODS);
    }

    /** The router refuses some requests before any filter runs. This adds the problem to its response. */
    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(failed -> {
            if (failed.statusCode() == BAD_REQUEST && !failed.response().ended()) {
                headers.add(failed);
                problems.write(failed, BAD_REQUEST, "The request cannot be read; HTTP/1.1 asks for a Host.");
            } else {
                failed.next();
            }
        });
    }

    private void host(RoutingContext request) {
        if (request.request().authority() == null) {
            problems.write(request, BAD_REQUEST, "The header Host is missing.");
        } else if (request.request().headers().getAll(HttpHeaders.HOST).size() > 1) {
            problems.write(request, BAD_REQUEST, "There is more than one Host.");
        } else {
            request.next();
        }
    }

    private void types(RoutingContext request) {
        if (!isReadable(request.request().getHeader(HttpHeaders.CONTENT_TYPE), MediaTypeHelper::valueOf)) {
            problems.write(request, 415, "The Content-Type is no media type.");
        } else if (!request.request().headers().getAll(HttpHeaders.ACCEPT).stream().allMatch(
                accepted -> isReadable(accepted, MediaTypeHelper::parseHeader))) {
            problems.write(request, BAD_REQUEST, "Accept has something that is no media type.");
        } else {
            request.next();
        }
    }

    /** Parses the header like the framework. */
    private static boolean isReadable(@Nullable String header, Consumer<String> reader) {
        try {
            if (header != null) {
                reader.accept(header);
            }
            return true;
        } catch (RuntimeException e) {
            return false; // the parser throws no specific exception
        }
    }
}
