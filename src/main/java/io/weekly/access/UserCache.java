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
 * Caches the tenants and recipients of tokens for five seconds, so that a polling client causes few queries. A change in this process
 * clears the cache at once. A change in another process becomes visible when the entry expires. Missing tenants and recipients are not
 * cached.
 */
@ApplicationScoped
class UserCache {

    private static final Logger LOG = Logger.getLogger(UserCache.class);
    private static final String TENANTS = "known-tenants";
    private static final String USERS = "known-users";
    /** A number that no recipient has, so a scope with it sees nothing. */
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

    /** A user's tenant, and the data that the user may see. */
    record Known(Tenant tenant, Scope scope) {}

    private record Key(int tenantId, String userId) {}

    /** Fails with {@link NotVisibleException} if there is no active tenant with this slug. */
    Uni<Known> find(String slug, String userId, Role role) {
        return cached(knownTenants, slug, () -> tenants.find(slug))
                .map(found -> found.orElseThrow(NotVisibleException::new))
                .flatMap(tenant -> role == Role.TENANT_ADMIN
                        ? Uni.createFrom().item(new Known(tenant, tenant.scope()))
                        : recipient(tenant, userId).map(id -> new Known(tenant, new Scope.OfRecipient(tenant.id(), id))));
    }

    private Uni<Long> recipient(Tenant tenant, String userId) {
        return cached(knownUsers, new Key(tenant.id(), userId), () -> recipients.find(tenant.scope(), userId)
                        .map(found -> found.filter(Recipient::active).map(Recipient::id)))
                .map(found -> found.orElse(NOBODY));
    }

    /** A missing entry is an empty value and not a failure: the cache would log a warning for each failure. */
    private static <K, V> Uni<Optional<V>> cached(Cache cache, K key, Supplier<Uni<Optional<V>>> load) {
        return cache.getAsync(key, _ -> load.get())
                .call(found -> found.isEmpty() ? cache.invalidate(key) : Uni.createFrom().voidItem());
    }

    void clear(@Observes TenantChanged event) {
        Uni.join().all(knownTenants.invalidateAll(), knownUsers.invalidateAll()).andFailFast()
                .subscribe().with(_ -> {}, failure -> LOG.error("the cache of users could not be cleared", failure));
    }
}
