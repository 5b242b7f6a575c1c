package io.weekly.tenant;

import io.weekly.tenant.Scope.OfRecipient;
import io.weekly.tenant.Scope.OfTenant;

/**
 * A recipient whose personal data are being erased.
 *
 * @param tenant its tenant
 * @param recipientId its number, which stays
 * @param userId the platform's id that it had
 * @param email the address that it had
 * @param erasedId the user id that it has now, which says nothing about the person
 */
public record Person(OfTenant tenant, long recipientId, String userId, String email, String erasedId) {

    /** The scope of its reports. */
    public OfRecipient scope() {
        return new OfRecipient(tenant.tenantId(), recipientId);
    }
}
