package io.weekly.api.request;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.access.Caller;
import io.weekly.access.NotVisibleException;
import io.weekly.api.http.ProblemException;
import io.weekly.report.Period;
import io.weekly.tenant.Tenant;
import io.weekly.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tenants that the body of a request names, and checks its period by their clocks. For a user of a tenant this is its own tenant.
 * An operator can name any tenant.
 */
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

    /**
     * The tenants of the request: the caller's own, or for an operator the named ones. Fails as {@link #one} does, before it returns the
     * first one.
     *
     * @param slugs as in the body; null for all tenants that the caller sees
     */
    public Uni<List<Tenant>> all(Caller caller, @Nullable List<String> slugs) {
        if (caller.tenant().isPresent()) {
            var own = caller.tenant().get();
            if (slugs != null && !slugs.equals(List.of(own.slug()))) {
                throw new NotVisibleException();
            }
            return Uni.createFrom().item(List.of(own));
        }
        return slugs == null
                ? tenants.all().collect().asList()
                : Multi.createFrom()
                        .iterable(slugs)
                        .onItem()
                        .transformToUniAndConcatenate(slug -> tenants.find(slug).map(found -> found.orElseThrow(
                                () -> ProblemException.invalid("tenants[%d]".formatted(slugs.indexOf(slug)), "is unknown"))))
                        .collect()
                        .asList();
    }

    /**
     * The period of the request; by default the last full week in the tenant's zone. Fails with a 422 if the week is not over there,
     * because its reports would be incomplete or empty.
     *
     * @param unfinished whether the caller has said that the week may still go on
     */
    public Period period(Tenant tenant, @Nullable Period requested, boolean unfinished) {
        if (requested == null) {
            return Period.lastFullWeek(clock, tenant.zoneId());
        }
        if (!unfinished && !isOver(tenant, requested)) {
            throw ProblemException.invalid("period", "%s is not over in the zone %s of tenant %s; \"unfinished\": true allows that"
                    .formatted(requested, tenant.zone(), tenant.slug()));
        }
        return requested;
    }

    /** Whether the week is over in the zone of the tenant. */
    public boolean isOver(Tenant tenant, Period period) {
        return period.isOver(clock.instant(), tenant.zoneId());
    }
}
