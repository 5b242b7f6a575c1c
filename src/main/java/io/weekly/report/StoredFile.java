package io.weekly.report;

import java.time.Instant;

/**
 * A file of a report in the store.
 *
 * @param format the requested format, or {@link #MAIL}
 * @param bytes its size
 * @param sha256 64 hex digits
 * @param path in the store
 */
public record StoredFile(
        String format, FileType type, long bytes, String sha256, String path, Instant createdAt, Instant expiresAt) {

    /** The format of the composed mail. It is stored so that no delivery renders again. Users cannot fetch it. */
    public static final String MAIL = "mail";

    /** Whether this is the composed mail, and not a format of the report. */
    public boolean isMail() {
        return format.equals(MAIL);
    }
}
