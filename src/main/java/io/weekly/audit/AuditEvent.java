package io.weekly.audit;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event of the audit trail. It names persons as the API does, by their user ids. {@link AuditLog} stores pseudonyms in their place.
 *
 * @param tenantId the number of its tenant, or null if it belongs to no tenant
 * @param actor who did it: {@code user:<id>} of the platform, {@code operator:<id>}, {@code auditor:<id>}, {@code link:<id>} for whoever
 *     opened a link, {@code anonymous} for a caller that nobody knows, or {@code service}
 * @param action what happened, {@code thing.past}: {@code report.generated}, {@code schedule.paused}
 * @param subject what it happened to: the id of a report, run or schedule, the user id of a recipient, or the slug of a tenant
 * @param detail a few more facts for an investigation; never a secret, never the content of a mail. Texts that can name a person are
 *     {@link PersonalText}s
 * @param origin where it came from; null for the current request
 * @param person whom the address of the client belongs to, as in {@link PersonalText}; null for the actor
 */
public record AuditEvent(
        @Nullable Integer tenantId,
        Instant at,
        String actor,
        String action,
        String subject,
        Map<String, Object> detail,
        @Nullable Origin origin,
        @Nullable String person) {

    /** The actor if the service itself acts. */
    public static final String SERVICE = "service";
    /** The actor of a refused request whose caller is not known. */
    public static final String ANONYMOUS = "anonymous";

    /** The actions whose subject is the user id of a recipient. */
    private static final Set<String> OF_PERSONS =
            Set.of("recipient.created", "recipient.updated", "recipient.ended", "preferences.changed");

    /** An event of the current request, or of the service. */
    public AuditEvent(
            @Nullable Integer tenantId, Instant at, String actor, String action, String subject, Map<String, Object> detail) {
        this(tenantId, at, actor, action, subject, detail, null, null);
    }

    /** The same from there, if it is known that it came from another place than the current request. */
    public AuditEvent from(Origin other) {
        return new AuditEvent(tenantId, at, actor, action, subject, detail, other, person);
    }

    /** The same with this detail. */
    public AuditEvent with(Map<String, Object> other) {
        return new AuditEvent(tenantId, at, actor, action, subject, other, origin, person);
    }

    /** The same, with the address of a client that belongs to this person, and not to the actor. */
    public AuditEvent withClientOf(String other) {
        return new AuditEvent(tenantId, at, actor, action, subject, detail, origin, other);
    }

    /** Where it came from. What the service does by itself comes from nowhere, even if a request has woken it. */
    public Origin source() {
        if (origin != null) {
            return origin;
        }
        return actor.equals(SERVICE) ? Origin.NONE : Origin.current();
    }

    /** Whether it happened to a person, so that the subject is a user id. */
    boolean isAboutPerson() {
        return OF_PERSONS.contains(action);
    }
}
