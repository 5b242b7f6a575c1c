package io.weekly.audit;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event of the audit trail.
 *
 * @param tenantId the number of its tenant, or null if it belongs to no tenant
 * @param actor who did it: {@code user:<id>} of the platform, {@code operator:<id>}, {@code link:<id>} for whoever opened a link, or
 *     {@code service}
 * @param action what happened, {@code thing.past}: {@code report.generated}, {@code schedule.paused}
 * @param subject what it happened to: the id of a report, run or schedule, the user id of a recipient, or the slug of a tenant
 * @param detail a few more facts for an investigation; never a secret, never the content of a mail
 */
public record AuditEvent(
        @Nullable Integer tenantId, Instant at, String actor, String action, String subject, Map<String, Object> detail) {

    /** The actor if the service itself acts. */
    public static final String SERVICE = "service";
}
