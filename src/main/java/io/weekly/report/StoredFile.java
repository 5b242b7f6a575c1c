package io.weekly.report;

import java.time.Instant;

/**
 * A file of a report as the store has it.
 *
 * @param type what its bytes are
 * @param bytes its length
 * @param sha256 64 hex digits
 * @param path within the store
 */
public record StoredFile(
        String format, FileType type, long bytes, String sha256, String path, Instant createdAt, Instant expiresAt) {

    /** The format of the composed mail, which is kept beside the report so that no delivery renders again; nobody else's to see. */
    public static final String MAIL = "mail";

    /** Whether it is the composed mail and not a format of the report. */
    public boolean isMail() {
        return format.equals(MAIL);
    }
}
