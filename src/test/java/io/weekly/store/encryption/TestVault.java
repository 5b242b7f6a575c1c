package io.weekly.store.encryption;

import io.weekly.keys.Keyring;
import io.weekly.store.ReportStore;
import io.weekly.store.ReportStore.Put;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Encrypted files without a database: each tenant has a key set that only this object knows. */
final class TestVault {

    static final String WEEK = "2026-W47";

    private final ReportStore store;
    private final KeySets keySets;

    TestVault(ReportStore store, Keyring keyring) {
        this.store = store;
        this.keySets = new KeySets(keyring);
    }

    /** The files of a tenant, with a new key set. */
    TenantFiles of(int tenantId) {
        return new TenantFiles(store, tenantId, keySets.unwrap(keySets.create(tenantId)));
    }

    /** The files of a tenant, without encryption. */
    TenantFiles plain(int tenantId) {
        return new TenantFiles(store, tenantId, null);
    }

    static FileRecord put(TenantFiles files, int tenantId, String report, String format, byte[] bytes) {
        return record(files.put(WEEK, report, format, bytes), tenantId, report, format);
    }

    static FileRecord record(Put put, int tenantId, String report, String format) {
        return new FileRecord(new FileIdentity(tenantId, report, format, put.sha256()), put.path(), put.bytes());
    }


    Path onDisk(FileRecord file) {
        return store.root().resolve(file.path());
    }

    byte[] stored(FileRecord file) {
        try {
            return Files.readAllBytes(onDisk(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void replace(FileRecord file, byte[] bytes) {
        try {
            Files.write(onDisk(file), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
