package io.weekly.access.link;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The order of a link to one file.
 *
 * @param fileExpiresAt when the file expires. The link expires then at the latest
 * @param ttl how long the link works; empty for as long as the tenant allows
 * @param delivery the number of the delivery whose mail contains the link; empty if a user orders it
 */
public record LinkOrder(
        int tenantId, String reportId, String format, Instant fileExpiresAt, Optional<Duration> ttl, Optional<Integer> delivery,
        String actor) {}
