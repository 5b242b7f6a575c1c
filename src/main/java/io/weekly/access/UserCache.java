package io.weekly.access;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.smallrye.mutiny.Uni;
import io.weekly.tenant.Recipient;
import io.weekly.tenant.Recipients;
import io.weekly.tenant.Scope;
import io.weekly.tenant.Tenant;
import io.weekly.tenant.TenantChanged;
import io.weekly.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The tenants and recipients that tokens name, remembered for some seconds, so that a client that polls costs no look-ups. What this
 * process changes is forgotten at once; what another one changes, when the seconds are over. That somebody does not exist is never
 * remembered.
 */
@ApplicationScoped
class UserCache {

    private static final Logger LOG = Logger.getLogger(UserCache.class);
    private static final String TENANTS = "known-tenants";
    private static final String USERS = "known-users";
    /** No recipient's number: whose scope it is sees nothing. */
    private static final long NOBODY = 0;

    private final Tenants tenants;
    private final Recipients recipients;
    private final Cache knownTenants;
    private final Cache knownUsers;

    UserCache(
            Tenants tenants, Recipients recipients, @CacheName(TENANTS) Cache knownTenants, @CacheName(USERS) Cache knownUsers) {
        this.tenants = tenants;
        this.recipients = recipients;
        this.knownTenants = knownTenants;
        this.knownUsers = knownUsers;
    }

    /** A user, and whose things it may see. */
    record Known(Tenant tenant, Scope scope) {}

    private record Key(int tenantId, String userId) {}

    /** Fails with {@link NotVisibleException} where the tenant has ended, or never was. */
    Uni<Known> find(String slug, String userId, Role role) {
        return remembered(knownTenants, slug, () -> tenants.find(slug))
                .map(found -> found.orElseThrow(NotVisibleException::new))
                .flatMap(tenant -> role == Role.TENANT_ADMIN
                        ? Uni.createFrom().item(new Known(tenant, tenant.scope()))
                        : recipient(tenant, userId).map(id -> new Known(tenant, new Scope.OfRecipient(tenant.id(), id))));
    }

    private Uni<Long> recipient(Tenant tenant, String userId) {
        return remembered(knownUsers, new Key(tenant.id(), userId), () -> recipients.find(tenant.scope(), userId)
                        .map(found -> found.filter(Recipient::active).map(Recipient::id)))
                .map(found -> found.orElse(NOBODY));
    }

    /** What is not there is an empty value and no failure, which would be a warning in the log for each token of a tenant that has ended. */
    private static <K, V> Uni<Optional<V>> remembered(Cache cache, K key, Supplier<Uni<Optional<V>>> lookUp) {
        return cache.getAsync(key, unknown -> lookUp.get())
                .call(found -> found.isEmpty() ? cache.invalidate(key) : Uni.createFrom().voidItem());
    }

    void forget(@Observes TenantChanged change) {
        Uni.join().all(knownTenants.invalidateAll(), knownUsers.invalidateAll()).andFailFast()
                .subscribe().with(forgotten -> {}, failure -> LOG.error("known users could not be forgotten", failure));
    }
}
