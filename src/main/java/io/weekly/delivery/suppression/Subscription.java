package io.weekly.delivery.suppression;

import io.weekly.tenant.Preference;
import io.weekly.tenant.Scope.OfRecipient;
import java.time.Instant;
import java.util.Optional;

/**
 * What the reader of a mail gets from the tenant, for a page without an account.
 *
 * @param recipient whom the mail was for
 * @param userId of the recipient, for the audit trail
 * @param reportId the report that the mail was about
 * @param definition of this report
 * @param address the one that the recipient has now
 * @param locale of the recipient's reports
 * @param color of the tenant, such as {@code #0a66c2}
 * @param choices the current choices of the recipient
 * @param suppressed the suppression of the address; empty if it gets mail
 */
public record Subscription(
        OfRecipient recipient, String userId, String reportId, String definition, String address, String locale, String tenantName,
        String zone, String color, Preference choices, Optional<Suppression> suppressed) {

    /** Whether runs of this definition do not mail the reader, whatever else is chosen. */
    public boolean isReportStopped() {
        return choices.unsubscribed().contains(definition);
    }

    /** Whether no run mails the reader, by a choice here or in the platform. */
    public boolean areAllStopped() {
        return choices.isUnsubscribedFromAll();
    }

    /** Whether the address gets no mail for a reason that the reader cannot change. */
    public boolean isSuppressed() {
        return suppressed.isPresent();
    }

    /** Until when runs do not mail the reader; empty if there is no pause. */
    public Optional<Instant> pausedUntil() {
        return Optional.ofNullable(choices.pausedUntil());
    }

    Subscription with(Preference other, Optional<Suppression> suppression) {
        return new Subscription(
                recipient, userId, reportId, definition, address, locale, tenantName, zone, color, other, suppression);
    }
}
