package io.weekly.access;

import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.Uni;
import io.weekly.access.Role.Action;
import io.weekly.tenant.Tenant;
import io.weekly.tenant.Tenants;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The authorization of one request. It is checked before anything except the path and the token is read. If code reads the caller of a
 * request that was not authorized, that is a programming error, and the request fails.
 */
@RequestScoped
public class RequestAccess {

    private final Callers callers;
    private final Tenants tenants;
    private @Nullable Caller known;
    private @Nullable Caller caller;
    private @Nullable Tenant tenant;

    RequestAccess(Callers callers, Tenants tenants) {
        this.callers = callers;
        this.tenants = tenants;
    }

    /**
     * Authorizes the caller for a role. Fails like {@link Callers#current}, and with {@link ForbiddenException} if the caller's role does
     * not permit the action.
     */
    public Uni<Void> authorize(Role needed, Action action) {
        return callers.current()
                .invoke(current -> {
                    known = current;
                    require(current, needed, action);
                    caller = current;
                })
                .replaceWithVoid();
    }

    /**
     * Authorizes the caller for a role in the tenant of the path. Fails with {@link NotVisibleException} if the caller may not see the
     * tenant. This is checked before the role. So a caller gets a 403 only for its own tenant, and cannot find out which other tenants
     * exist.
     */
    public Uni<Void> authorize(Role needed, Action action, String slug) {
        return callers.current()
                .invoke(current -> {
                    known = current;
                    if (!current.canSee(slug)) {
                        throw new NotVisibleException();
                    }
                    require(current, needed, action);
                    caller = current;
                })
                .flatMap(current -> current.tenant().isPresent()
                        ? Uni.createFrom().item(current.tenant())
                        : tenants.find(slug))
                .invoke(found -> tenant = found.orElseThrow(NotVisibleException::new))
                .replaceWithVoid();
    }

    /** Checks once more whether the caller may change a thing that it sees. Fails with {@link ForbiddenException} if not. */
    public void requireRoleToChange(Role needed) {
        require(caller(), needed, Action.CHANGE);
    }

    private static void require(Caller current, Role needed, Action action) {
        if (!current.role().permits(needed, action)) {
            throw new ForbiddenException("This is not for the role that the token gives.");
        }
    }

    /** The caller, authorized or refused; empty if the token names none. */
    public Optional<Caller> known() {
        return Optional.ofNullable(known);
    }

    /** The authorized caller. */
    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("this request was not authorized");
        }
        return caller;
    }

    /** The tenant of the path. */
    public Tenant tenant() {
        if (tenant == null) {
            throw new IllegalStateException("this request was not authorized for a tenant");
        }
        return tenant;
    }
}
