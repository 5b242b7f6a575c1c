package io.weekly.access.link;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A link as the API lists it. The list has no addresses: who may see the report may fetch its files anyway, and an address in a list would
 * end up in more places.
 *
 * @param createdBy the user who made it, or the service for a link in a mail
 * @param delivery the number of the delivery whose mail contains it; null for a link that a user made
 * @param revokedAt null if it was not revoked
 * @param lastUsedAt null if it was never opened
 */
public record Link(
        String id,
        String format,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        @JsonInclude(Include.NON_NULL) @Nullable Integer delivery,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {}
