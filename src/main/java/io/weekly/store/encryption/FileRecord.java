package io.weekly.store.encryption;

/**
 * What the database has recorded of a file. The store must have exactly this file.
 *
 * @param path in the store. Its ending says whether the file is encrypted
 * @param bytes the size of the plain file
 */
public record FileRecord(FileIdentity identity, String path, long bytes) {

    /** The ending of the paths of encrypted files. */
    static final String ENCRYPTED = ".enc";

    /** Whether an encrypted file was stored. A plain file is not accepted in its place, and the other way round. */
    public boolean isEncrypted() {
        return isEncrypted(path);
    }

    static boolean isEncrypted(String path) {
        return path.endsWith(ENCRYPTED);
    }
}
