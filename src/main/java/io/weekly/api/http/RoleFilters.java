package io.weekly.api.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.weekly.access.RequestAccess;
import io.weekly.access.Role;
import io.weekly.access.Role.Action;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Checks the role that the annotation of a resource names, after the resource is matched and before the body is read. */
class RoleFilters {

    private static final String TENANT = "slug";
    /** No GET of the API changes data. Every other method counts as a change, so a new resource cannot forget to say so. */
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final RequestAccess access;
    private final CurrentVertxRequest request;

    RoleFilters(RequestAccess access, CurrentVertxRequest request) {
        this.access = access;
        this.request = request;
    }

    /** Nobody has to be authorized, but bodies have the same limit. */
    @ForEveryone
    @ServerRequestFilter
    void forEveryone() {
        BodyLimits.limit(request.getCurrent());
    }

    @ForViewers
    @ServerRequestFilter
    Uni<Void> forViewers(UriInfo uri) {
        return authorize(Role.VIEWER, uri);
    }

    @ForTenantAdmins
    @ServerRequestFilter
    Uni<Void> forTenantAdmins(UriInfo uri) {
        return authorize(Role.TENANT_ADMIN, uri);
    }

    @ForOperators
    @ServerRequestFilter
    Uni<Void> forOperators(UriInfo uri) {
        return authorize(Role.OPERATOR, uri);
    }

    private Uni<Void> authorize(Role needed, UriInfo uri) {
        BodyLimits.limit(request.getCurrent());
        var action = READS.contains(request.getCurrent().request().method()) ? Action.READ : Action.CHANGE;
        var slug = uri.getPathParameters().getFirst(TENANT);
        return slug == null ? access.authorize(needed, action) : access.authorize(needed, action, slug);
    }
}
