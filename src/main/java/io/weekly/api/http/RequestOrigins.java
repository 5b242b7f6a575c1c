package io.weekly.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.weekly.access.ClientAddress;
import io.weekly.audit.Origin;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Gives each request an id and an origin, which its audit events have. The id is that of the caller, or a new one. The response has it too,
 * and so have the log lines of the request, as {@code %X{requestId}}.
 */
@ApplicationScoped
class RequestOrigins {

    /** Before all filters, so that each response has an id. */
    private static final int FIRST = 5000;
    private static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-Id");
    private static final String LOG_FIELD = "requestId";
    /** What proxies and tracing libraries send. Addresses, blanks and control characters do not match. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._:/+=-]{1,64}");

    void register(@Observes Filters filters) {
        filters.register(RequestOrigins::begin, FIRST);
    }

    private static void begin(RoutingContext request) {
        var id = id(request.request().getHeader(HEADER));
        request.response().putHeader(HEADER, id);
        Origin.begin(new Origin(ClientAddress.of(request.request()).text(), id));
        MDC.put(LOG_FIELD, id);
        request.next();
    }

    private static String id(@Nullable String ofCaller) {
        return ofCaller != null && SAFE.matcher(ofCaller).matches() ? ofCaller : UUID.randomUUID().toString();
    }
}
