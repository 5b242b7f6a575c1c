package io.weekly.audit;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened.
 *
 * @param tenantId whose it is, or null where it is no tenant's
 * @param actor who did it: {@code user:<id>} of the platform, {@code operator:<id>}, or {@code service}
 * @param action what happened, {@code thing.past}: {@code report.generated}, {@code schedule.paused}
 * @param subject what it happened to: the id of a report, run or schedule, a recipient's user id, a tenant's slug
 * @param detail what else an investigator would ask, small; never a secret, never a mail's content
 */
public record AuditEvent(
        Integer tenantId, Instant at, String actor, String action, String subject, Map<String, Object> detail) {

    /** Who acts when no caller does. */
    public static final String SERVICE = "service";
}
