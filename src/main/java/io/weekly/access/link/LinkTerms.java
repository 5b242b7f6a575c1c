package io.weekly.access.link;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * What a link opens, and until when. Its row has a MAC over all of it ({@link LinkMacs}).
 *
 * @param keyId the key that signs its token and makes its MAC
 * @param expiresAt in microseconds, as the database stores it
 */
@RegisterForReflection // the database stores its JSON for a request with an Idempotency-Key
public record LinkTerms(int tenantId, String id, String reportId, String format, String keyId, Instant expiresAt) {

    LinkTerms withExpiry(Instant end) {
        return new LinkTerms(tenantId, id, reportId, format, keyId, end);
    }
}
