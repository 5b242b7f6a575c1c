package io.weekly.access;

import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.Uni;
import io.weekly.tenant.Tenant;
import io.weekly.tenant.Tenants;
import jakarta.enterprise.context.RequestScoped;

/**
 * What one request may do. It is opened once, before anything of the request but its path is read, and asked from then on. Asking a gate
 * that nobody has opened is an error of the program and ends the request.
 */
@RequestScoped
public class RequestAccess {

    private final Callers callers;
    private final Tenants tenants;
    private Caller caller;
    private Tenant tenant;

    RequestAccess(Callers callers, Tenants tenants) {
        this.callers = callers;
        this.tenants = tenants;
    }

    /**
     * Lets a caller with the role pass. Fails as {@link Callers#current} does, and with {@link ForbiddenException} where the
     * caller's role is lower.
     */
    public Uni<Void> authorize(Role needed) {
        return callers.current()
                .invoke(current -> {
                    require(current, needed);
                    caller = current;
                })
                .replaceWithVoid();
    }

    /**
     * Lets a caller with the role pass to one tenant. Fails with {@link NotVisibleException} where there is no such tenant or it is not the
     * caller's, whatever its role: only of its own tenant may it learn that it may not do this.
     */
    public Uni<Void> authorize(Role needed, String slug) {
        return callers.current()
                .invoke(current -> {
                    if (!current.sees(slug)) {
                        throw new NotVisibleException();
                    }
                    require(current, needed);
                    caller = current;
                })
                .flatMap(current -> current.tenant().isPresent()
                        ? Uni.createFrom().item(current.tenant())
                        : tenants.find(slug))
                .invoke(found -> tenant = found.orElseThrow(NotVisibleException::new))
                .replaceWithVoid();
    }

    /** Holds the caller to a role for a thing that it sees, where the door could not tell whether it does. Fails as {@link #open(Role)}. */
    public void requireRole(Role needed) {
        require(caller(), needed);
    }

    private static void require(Caller current, Role needed) {
        if (!current.role().includes(needed)) {
            throw new ForbiddenException("This is not for the role that the token gives.");
        }
    }

    /** Who passed. */
    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("the gate was not opened for this request");
        }
        return caller;
    }

    /** The tenant that the path names. */
    public Tenant tenant() {
        if (tenant == null) {
            throw new IllegalStateException("the gate was not opened to a tenant for this request");
        }
        return tenant;
    }
}
