package io.weekly.report;

import java.time.Instant;

/**
 * A file that the store may still have.
 *
 * @param format the format, or {@link StoredFile#MAIL}
 * @param path in the store
 */
public record KeptFile(int tenantId, String reportId, String format, String path, Instant expiresAt) {}
