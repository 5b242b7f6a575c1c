package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.Caller;
import io.weekly.access.NotVisible;
import io.weekly.api.http.Refusal;
import io.weekly.tenant.Tenant;
import io.weekly.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;

/** For whom something is ordered where the path does not say it: the caller's own tenant, or the one that an operator names. */
@ApplicationScoped
class OrderedTenants {

    private final Tenants tenants;

    OrderedTenants(Tenants tenants) {
        this.tenants = tenants;
    }

    /** @param named null where the body names none; a 404 where that is not the caller's, a 422 where an operator's is none */
    Uni<Tenant> named(Caller caller, String named) {
        if (caller.tenant().isPresent()) {
            var own = caller.tenant().get();
            if (named != null && !named.equals(own.slug())) {
                throw new NotVisible();
            }
            return Uni.createFrom().item(own);
        }
        if (named == null) {
            throw Refusal.invalid("tenant", "must be named by an operator");
        }
        return tenants.find(named).map(found -> found.orElseThrow(() -> Refusal.invalid("tenant", "is unknown")));
    }
}
