package io.weekly.api.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.weekly.access.Gate;
import io.weekly.access.Role;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Opens the gate as a resource's annotation says, after the resource is found and before its body is read. */
class Doors {

    private static final String TENANT = "slug";

    private final Gate gate;
    private final CurrentVertxRequest request;

    Doors(Gate gate, CurrentVertxRequest request) {
        this.gate = gate;
        this.request = request;
    }

    @ForViewers
    @ServerRequestFilter
    Uni<Void> forViewers(UriInfo uri) {
        return open(Role.VIEWER, uri);
    }

    @ForTenantAdmins
    @ServerRequestFilter
    Uni<Void> forTenantAdmins(UriInfo uri) {
        return open(Role.TENANT_ADMIN, uri);
    }

    @ForOperators
    @ServerRequestFilter
    Uni<Void> forOperators(UriInfo uri) {
        return open(Role.OPERATOR, uri);
    }

    private Uni<Void> open(Role needed, UriInfo uri) {
        BodyLimits.limit(request.getCurrent());
        var slug = uri.getPathParameters().getFirst(TENANT);
        return slug == null ? gate.open(needed) : gate.open(needed, slug);
    }
}
