package io.weekly.store.encryption;

import io.weekly.audit.Sha256;
import io.weekly.store.ReportStore;
import io.weekly.store.ReportStore.Put;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The files of one tenant, with its key. Blocking: call it on a pool for such work. For any number of threads. */
public final class TenantFiles {

    private final ReportStore store;
    private final int tenantId;
    private final @Nullable FileKey key;

    /** @param key null if new files are stored as they are, and no encrypted file will be read */
    TenantFiles(ReportStore store, int tenantId, @Nullable FileKey key) {
        this.store = store;
        this.tenantId = tenantId;
        this.key = key;
    }

    /**
     * Stores a file, encrypted if there is a key. Size and hash of the result are those of the plain file.
     *
     * @see ReportStore#put
     */
    public Put put(String period, String reportId, String format, byte[] bytes) {
        if (key == null) {
            return store.put(tenantId, period, reportId, format, bytes);
        }
        var sha256 = Sha256.hex(bytes);
        var encrypted = key.encrypt(bytes, new FileIdentity(tenantId, reportId, format, sha256));
        var path = store.write(tenantId, period, reportId, format + FileRecord.ENCRYPTED, encrypted);
        return new Put(path, bytes.length, sha256);
    }

    /**
     * The whole content of a file.
     *
     * @throws CorruptFileException if it is not the file that was recorded
     * @throws UncheckedIOException if the store does not have the file or cannot read it
     */
    public byte[] read(FileRecord file) {
        if (file.isEncrypted()) {
            return read(file, 0, Math.toIntExact(file.bytes()));
        }
        // First, because a file in its place may be too large for the memory.
        checkSize(file);
        var bytes = store.read(file.path());
        if (!Sha256.hex(bytes).equals(file.identity().sha256())) {
            throw new CorruptFileException(file, "it has another content", null);
        }
        return bytes;
    }

    /**
     * A part of an encrypted file. Reads only the segments of the part and the last one.
     *
     * @param from the first byte of the plain file, from 0
     * @param length the part must not reach beyond the end of the file
     * @throws CorruptFileException if it is not the file that was recorded
     * @throws UncheckedIOException if the store does not have the file or cannot read it
     */
    public byte[] read(FileRecord file, long from, int length) {
        if (key == null || file.identity().tenantId() != tenantId) {
            throw FileKeys.missing(file.identity().tenantId());
        }
        try (var disk = new DiskChannel(store.open(file.path()))) {
            return key.decrypt(file, disk, from, length);
        } catch (IOException e) {
            throw ReportStore.notRead(file.path(), e);
        }
    }

    /**
     * Checks the size of a plain file before it is sent as it is.
     *
     * @throws CorruptFileException if it has another size than the one that was recorded
     */
    public void checkSize(FileRecord file) {
        var bytes = store.size(file.path());
        if (bytes != file.bytes()) {
            throw CorruptFileException.otherSize(file, bytes);
        }
    }
}
