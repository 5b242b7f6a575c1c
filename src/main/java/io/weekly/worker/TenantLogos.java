package io.weekly.worker;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CaffeineCache;
import io.smallrye.mutiny.Uni;
import io.weekly.render.brand.LogoImage;
import io.weekly.report.Assignment;
import io.weekly.tenant.Scope;
import io.weekly.tenant.logo.Logo;
import io.weekly.tenant.logo.Logos;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * The tenants' logos as reports show them: read and decoded once in a process, for however many reports. What is kept is known by
 * tenant and hash, and the report's assignment says which hash is the tenant's now: a changed logo is in the very next report. One that
 * cannot be decoded is remembered as none, so that it is told once and costs nothing again. Public for dev mode's workbench.
 */
@ApplicationScoped
public class TenantLogos {

    private static final Logger LOG = Logger.getLogger(TenantLogos.class);
    private static final String CACHE = "tenant-logos";

    private final Logos logos;
    private final RenderPool pool;
    private final CaffeineCache known;

    TenantLogos(Logos logos, RenderPool pool, @CacheName(CACHE) Cache known) {
        this.logos = logos;
        this.pool = pool;
        this.known = known.as(CaffeineCache.class);
    }

    private record Key(int tenantId, String sha256) {}

    /** The logo of the report's tenant; empty where it has none that can be shown. */
    public Uni<Optional<LogoImage>> of(Assignment report) {
        if (report.tenant().logo() == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        var key = new Key(report.tenant().id(), report.tenant().logo());
        CompletableFuture<Optional<LogoImage>> found = known.getIfPresent(key);
        return found == null ? read(report, key) : Uni.createFrom().item(found.join());
    }

    private Uni<Optional<LogoImage>> read(Assignment report, Key key) {
        return logos.find(new Scope.OfTenant(key.tenantId)).flatMap(stored -> stored.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : pool.submit(() -> decoded(report, stored.get())).invoke(image -> {
                    // Unless it was changed since the report was looked up: then this is not what the key names.
                    if (stored.get().sha256().equals(key.sha256)) {
                        known.put(key, CompletableFuture.completedFuture(image));
                    }
                }));
    }

    private static Optional<LogoImage> decoded(Assignment report, Logo logo) {
        try {
            return Optional.of(LogoImage.of(logo.mediaType(), logo.bytes()));
        } catch (IllegalArgumentException e) {
            LOG.warnf("the logo of tenant %s (%s, sha256 %s) %s: its reports go without",
                    report.tenant().slug(), logo.mediaType(), logo.sha256(), e.getMessage());
            return Optional.empty();
        }
    }
}
