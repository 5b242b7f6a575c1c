package io.weekly.store.encryption;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.weekly.keys.Keyring;
import io.weekly.store.ReportStore;
import io.weekly.store.StoreConfig;
import io.weekly.store.StoreConfig.Encryption;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.Optional;

/**
 * Opens the files of a tenant for writing or reading. New files are encrypted if {@code weekly.store.encryption} is on. A file is read as
 * it was stored, whatever the setting is now.
 */
@ApplicationScoped
public class FileVault {

    private final ReportStore store;
    private final FileKeys keys;
    private final Encryption encryption;

    FileVault(ReportStore store, FileKeys keys, StoreConfig config) {
        this.store = store;
        this.keys = keys;
        this.encryption = config.encryption();
    }

    /** Stops the start if files are to be encrypted and there is no key. */
    void check(@Observes StartupEvent event, Keyring keyring) {
        fault(encryption == Encryption.ON, keyring.current().isPresent()).ifPresent(fault -> {
            throw new IllegalArgumentException(fault);
        });
    }

    /** What is wrong with the settings; empty if nothing is. */
    public static Optional<String> fault(boolean encrypts, boolean hasKey) {
        return encrypts && !hasKey
                ? Optional.of("weekly.store.encryption is on, but weekly.keys.current names no key: set weekly.keys.<id> and"
                        + " weekly.keys.current, or weekly.store.encryption=off")
                : Optional.empty();
    }

    /** The files of the tenant, to store new ones. Do not call it in a transaction. Fails if there is no key for an encryption. */
    public Uni<TenantFiles> toWrite(int tenantId) {
        return encryption == Encryption.ON
                ? keys.findOrCreate(tenantId).map(key -> new TenantFiles(store, tenantId, key))
                : Uni.createFrom().item(() -> new TenantFiles(store, tenantId, null));
    }

    /**
     * The files of the tenant, to read these.
     *
     * @param paths of the files that will be read; needs a key only if one of them is encrypted
     */
    public Uni<TenantFiles> toRead(int tenantId, Collection<String> paths) {
        return paths.stream().anyMatch(FileRecord::isEncrypted)
                ? keys.find(tenantId)
                        .map(found -> new TenantFiles(store, tenantId, found.orElseThrow(() -> FileKeys.missing(tenantId))))
                : Uni.createFrom().item(() -> new TenantFiles(store, tenantId, null));
    }
}
