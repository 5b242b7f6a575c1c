package io.weekly.store.encryption;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * The keys for the files of tenants. A tenant gets its key set with its first encrypted file. Unwrapped key sets are cached for ten
 * minutes, so a report needs no query for its key. A key set never changes while it exists: only what it is wrapped with changes.
 */
@ApplicationScoped
public class FileKeys {

    private static final String CACHE = "file-keys";

    private final FileKeyRows rows;
    private final KeySets keySets;
    private final Cache cache;

    FileKeys(FileKeyRows rows, KeySets keySets, @CacheName(CACHE) Cache cache) {
        this.rows = rows;
        this.keySets = keySets;
        this.cache = cache;
    }

    /** The key of the tenant; makes its key set if it has none. Do not call it in a transaction: a rollback would lose the key set. */
    Uni<FileKey> findOrCreate(int tenantId) {
        return find(tenantId).flatMap(found -> found.isPresent() ? Uni.createFrom().item(found.get()) : create(tenantId));
    }

    private Uni<FileKey> create(int tenantId) {
        return Uni.createFrom()
                .item(() -> keySets.create(tenantId))
                .flatMap(rows::create)
                // Not the key set that was made: another process may have been faster. Not from the cache: a query of another report may
                // have found nothing just before.
                .flatMap(_ -> rows.find(tenantId))
                .map(found -> found.map(keySets::unwrap).orElseThrow(() -> missing(tenantId)));
    }

    /** The key of the tenant; empty if it has none. Fails if its key set cannot be unwrapped. */
    Uni<Optional<FileKey>> find(int tenantId) {
        return cache.getAsync(tenantId, (Integer id) -> rows.find(id).map(found -> found.map(keySets::unwrap)))
                .call(found -> found.isEmpty() ? cache.invalidate(tenantId) : Uni.createFrom().voidItem());
    }

    static IllegalStateException missing(int tenantId) {
        return new IllegalStateException("tenant %d has no file keys (any more)".formatted(tenantId));
    }

    /**
     * Deletes the key set of a tenant whose files are deleted. Copies of its files that are left somewhere cannot be decrypted after that,
     * unless somebody has a copy of the database too. Can be repeated.
     */
    public Uni<Void> delete(int tenantId) {
        return rows.delete(tenantId).call(() -> cache.invalidate(tenantId));
    }
}
