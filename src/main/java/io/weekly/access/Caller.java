package io.weekly.access;

import io.weekly.tenant.Scope;
import io.weekly.tenant.Tenant;
import java.util.Optional;

/**
 * Who calls, as far as the service is concerned.
 *
 * @param userId the platform's id of the user
 * @param role the highest that its token gives
 * @param tenant whose user it is; empty for an operator
 * @param mail its address as its token has it, which nobody has checked; empty where it has none
 * @param scope whose things it may see; a viewer that is no recipient, or one that has ended, sees none
 */
public record Caller(String userId, Role role, Optional<Tenant> tenant, Optional<String> mail, Scope scope) {

    /** How the audit trail names it. */
    public String actor() {
        return (role == Role.OPERATOR ? "operator:" : "user:") + userId;
    }

    /** Whether this is a tenant that it may know of. */
    boolean sees(String slug) {
        return role == Role.OPERATOR || tenant.orElseThrow().slug().equals(slug);
    }
}
