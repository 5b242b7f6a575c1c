package io.weekly.worker;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CaffeineCache;
import io.smallrye.mutiny.Uni;
import io.weekly.render.brand.LogoImage;
import io.weekly.report.ReportTask;
import io.weekly.tenant.Scope;
import io.weekly.tenant.logo.Logo;
import io.weekly.tenant.logo.Logos;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The tenants' logos as reports show them. Each is read and decoded once per process, for any number of reports. The key of the cache is
 * the tenant and the hash of the logo. Each report's task has the current hash, so a changed logo appears in the next report. A logo that
 * cannot be decoded is cached as "none", so that it is logged once and not decoded again. Public for dev mode's workbench.
 */
@ApplicationScoped
public class TenantLogos {

    private static final String CACHE = "tenant-logos";

    private final Logos logos;
    private final RenderPool pool;
    private final WorkerEvents events;
    private final CaffeineCache cache;

    TenantLogos(Logos logos, RenderPool pool, WorkerEvents events, @CacheName(CACHE) Cache cache) {
        this.logos = logos;
        this.pool = pool;
        this.events = events;
        this.cache = cache.as(CaffeineCache.class);
    }

    private record Key(int tenantId, String sha256) {}

    /** The logo of the report's tenant; empty if it has none that can be shown. */
    public Uni<Optional<LogoImage>> of(ReportTask report) {
        if (report.tenant().logo() == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        var key = new Key(report.tenant().id(), report.tenant().logo());
        CompletableFuture<Optional<LogoImage>> found = cache.getIfPresent(key);
        return found == null ? read(report, key) : Uni.createFrom().item(found.join());
    }

    private Uni<Optional<LogoImage>> read(ReportTask report, Key key) {
        return logos.find(new Scope.OfTenant(key.tenantId)).flatMap(stored -> stored.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : pool.submit(() -> decoded(report, stored.get())).invoke(image -> {
                    // Only if the logo has not changed since the report was read: else this is not the logo of the key.
                    if (stored.get().sha256().equals(key.sha256)) {
                        cache.put(key, CompletableFuture.completedFuture(image));
                    }
                }));
    }

    private Optional<LogoImage> decoded(ReportTask report, Logo logo) {
        try {
            return Optional.of(LogoImage.of(logo.mediaType(), logo.bytes()));
        } catch (IllegalArgumentException e) {
            events.logoNotDecoded(report.tenant().slug(), logo.mediaType(), logo.sha256(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
