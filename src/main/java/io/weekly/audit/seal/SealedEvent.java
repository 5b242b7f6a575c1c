package io.weekly.audit.seal;

import org.jspecify.annotations.Nullable;

/**
 * A row of {@code audit_event} with all its columns. Each column may be null here, whatever the table says: somebody may have changed the
 * table.
 *
 * @param atMicros microseconds since 1970 in UTC
 */
record SealedEvent(
        long id,
        @Nullable Long tenantId,
        @Nullable Long atMicros,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String subject,
        @Nullable String detail,
        @Nullable String client,
        @Nullable String requestId) {

    /** What is hashed: each column of the table, in a fixed order. */
    byte[] bytes() {
        return new CanonicalBytes()
                .number(id)
                .number(tenantId)
                .number(atMicros)
                .text(actor)
                .text(action)
                .text(subject)
                .text(detail)
                .text(client)
                .text(requestId)
                .toByteArray();
    }
}
