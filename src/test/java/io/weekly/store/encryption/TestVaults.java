package io.weekly.store.encryption;

import io.weekly.store.ReportStore;
import io.weekly.store.StoreConfig;
import jakarta.enterprise.context.ApplicationScoped;

/** Vaults with other settings than those of the application. */
@ApplicationScoped
public class TestVaults {

    private final ReportStore store;
    private final FileKeys keys;

    TestVaults(ReportStore store, FileKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    public FileVault of(StoreConfig config) {
        return new FileVault(store, keys, config);
    }
}
