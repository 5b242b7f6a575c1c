package io.weekly.api.request;

import io.smallrye.mutiny.Uni;
import io.weekly.access.Caller;
import io.weekly.access.NotVisibleException;
import io.weekly.api.http.ProblemException;
import io.weekly.report.Period;
import io.weekly.tenant.Tenant;
import io.weekly.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Finds the tenants that the body of a request names. For a user of a tenant this is its own tenant. An operator can name any tenant. */
@ApplicationScoped
public class RequestedTenant {

    private final Tenants tenants;
    private final Clock clock;

    RequestedTenant(Tenants tenants, Clock clock) {
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * The tenant of the request. Fails with a 404 if it is not the caller's, and with a 422 if an operator names none or an unknown one.
     *
     * @param slug as in the body; null if the body has none
     */
    public Uni<Tenant> one(Caller caller, @Nullable String slug) {
        if (caller.tenant().isPresent()) {
            var own = caller.tenant().get();
            if (slug != null && !slug.equals(own.slug())) {
                throw new NotVisibleException();
            }
            return Uni.createFrom().item(own);
        }
        if (slug == null) {
            throw ProblemException.invalid("tenant", "must be named by an operator");
        }
        return tenants.find(slug).map(found -> found.orElseThrow(() -> ProblemException.invalid("tenant", "is unknown")));
    }

    /** The period of the request; by default the last full week in the tenant's zone. */
    public Period period(Tenant tenant, @Nullable Period requested) {
        return requested == null ? Period.lastFullWeek(clock, tenant.zoneId()) : requested;
    }
}
