package io.weekly.access;

import io.weekly.tenant.Scope;
import io.weekly.tenant.Tenant;
import java.util.Optional;

/**
 * The authenticated caller of a request: user, role, tenant and the data that it may see.
 *
 * @param userId the platform's id of the user
 * @param role the highest role of the token
 * @param tenant the tenant of the user; empty for an operator or auditor
 * @param mail the mail address in the token, which is not verified; empty if there is none
 * @param scope which data it may see; a viewer that is not an active recipient sees none
 */
public record Caller(String userId, Role role, Optional<Tenant> tenant, Optional<String> mail, Scope scope) {

    /** The name for the audit trail. */
    public String actor() {
        return (role.isForEveryTenant() ? role.group() : "user") + ":" + userId;
    }

    /** Whether it may see the tenant. */
    boolean canSee(String slug) {
        return role.isForEveryTenant() || tenant.orElseThrow().slug().equals(slug);
    }
}
