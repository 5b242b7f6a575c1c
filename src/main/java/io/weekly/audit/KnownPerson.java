package io.weekly.audit;

import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person whom events name.
 *
 * @param tenantId {@link #NO_TENANT} for an operator or auditor
 * @param userId the platform's id
 */
record KnownPerson(int tenantId, String userId) {

    static final int NO_TENANT = 0;
    private static final String USER = "user:";
    private static final Set<String> OF_EVERY_TENANT = Set.of("operator:", "auditor:");
    private static final int PSEUDONYM_BYTES = 16;

    /** The person that an actor is; empty if it is none: the service, or whoever opened a link. */
    static Optional<KnownPerson> of(@Nullable Integer tenantId, String actor) {
        var kind = kind(actor);
        var userId = actor.substring(kind.length());
        if (OF_EVERY_TENANT.contains(kind)) {
            return Optional.of(new KnownPerson(NO_TENANT, userId));
        }
        return kind.equals(USER) ? Optional.of(new KnownPerson(tenantId == null ? NO_TENANT : tenantId, userId)) : Optional.empty();
    }

    /** What stands before the id of an actor: {@code user:}; empty for the service. */
    static String kind(String actor) {
        return actor.substring(0, actor.indexOf(':') + 1);
    }

    /** The name of the person in events, as 32 hex digits. Without the salt nobody can find out whose it is. */
    String pseudonym(byte[] salt) {
        return HexFormat.of().formatHex(SaltedHash.of(salt).with(tenantId).with(userId).first(PSEUDONYM_BYTES));
    }
}
