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
import org.jboss.logging.Logger;

/**
 * The tenants and recipients that tokens name, remembered for some seconds, so that a client that polls costs no look-ups. What this process
 * changes is forgotten at once; what another one changes, when the seconds are over. That somebody does not exist is never remembered.
 */
@ApplicationScoped
class KnownUsers {

    private static final Logger LOG = Logger.getLogger(KnownUsers.class);
    private static final String CACHE = "known-users";
    /** No recipient's number: whose scope it is sees nothing. */
    private static final long NOBODY = 0;

    private final Tenants tenants;
    private final Recipients recipients;
    private final Cache cache;

    KnownUsers(Tenants tenants, Recipients recipients, @CacheName(CACHE) Cache cache) {
        this.tenants = tenants;
        this.recipients = recipients;
        this.cache = cache;
    }

    /** A user, and whose things it may see. */
    record Known(Tenant tenant, Scope scope) {
        boolean isNobody() {
            return scope instanceof Scope.OfRecipient viewer && viewer.recipientId() == NOBODY;
        }
    }

    private record Key(String slug, String userId, Role role) {}

    /** Fails with {@link NotVisible} where the tenant has ended, or never was. */
    Uni<Known> find(String slug, String userId, Role role) {
        var key = new Key(slug, userId, role);
        // A failure would be a warning in the log for each token of a tenant that has ended.
        return cache.getAsync(key, unknown -> lookUp(slug, userId, role))
                .call(known -> known.filter(it -> !it.isNobody()).isEmpty() ? cache.invalidate(key) : Uni.createFrom().voidItem())
                .map(known -> known.orElseThrow(NotVisible::new));
    }

    private Uni<Optional<Known>> lookUp(String slug, String userId, Role role) {
        return tenants.find(slug).flatMap(found -> found.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : scope(found.get(), role, userId).map(scope -> Optional.of(new Known(found.get(), scope))));
    }

    private Uni<Scope> scope(Tenant tenant, Role role, String userId) {
        if (role == Role.TENANT_ADMIN) {
            return Uni.createFrom().item(tenant.scope());
        }
        return recipients.find(tenant.scope(), userId)
                .map(found -> found.filter(Recipient::active).map(Recipient::id).orElse(NOBODY))
                .map(id -> new Scope.OfRecipient(tenant.id(), id));
    }

    void forget(@Observes TenantChanged change) {
        cache.invalidateAll().subscribe().with(forgotten -> {}, failure -> LOG.error("known users could not be forgotten", failure));
    }
}
