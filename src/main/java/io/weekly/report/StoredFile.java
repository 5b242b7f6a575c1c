package io.weekly.report;

import java.time.Instant;

/**
 * A file of a report as the store has it.
 *
 * @param bytes its length
 * @param sha256 64 hex digits
 * @param path within the store
 */
public record StoredFile(
        String format, long bytes, String sha256, String path, Instant createdAt, Instant expiresAt) {}
