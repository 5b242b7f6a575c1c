package io.weekly.tenant;

import io.weekly.tenant.Scope.OfRecipient;
import io.weekly.tenant.Scope.OfTenant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recipient whose personal data are being erased. Since the request, another person may have its user id. So what has only the user id
 * is erased if it is older than the request.
 *
 * @param tenant its tenant
 * @param recipientId its number, which stays
 * @param userId the platform's id that it had
 * @param pseudonym its name in audit events until the request; null if none named it
 * @param addresses the addresses that it had, in lower case; may be empty
 * @param erasedId the user id that it has now, which says nothing about the person
 * @param requestedAt when its erasure was requested
 */
public record Person(
        OfTenant tenant, long recipientId, String userId, @Nullable String pseudonym, List<String> addresses, String erasedId,
        Instant requestedAt) {

    /** The same with these addresses. */
    public Person withAddresses(List<String> others) {
        return new Person(tenant, recipientId, userId, pseudonym, others, erasedId, requestedAt);
    }

    /** The scope of its reports. */
    public OfRecipient scope() {
        return new OfRecipient(tenant.tenantId(), recipientId);
    }
}
