package io.weekly.report;

import io.weekly.queue.Priority;
import java.time.Instant;
import java.util.List;

/**
 * What a worker needs to know of a report, its recipient and its tenant to do a stage of it.
 *
 * @param formats those that the recipient chose, where the report comes with a run; else the report's own
 * @param runCancelled whether somebody is cancelling the run that it belongs to; what had ended by then may be tried again
 * @param mailTo who gets it in the recipient's place; null but for a sample
 */
public record Assignment(
        String reportId,
        String runId,
        String definition,
        String period,
        int revision,
        List<String> formats,
        DeliveryMode delivery,
        Priority priority,
        ReportStatus status,
        String mailTo,
        boolean runCancelled,
        Tenant tenant,
        Recipient recipient) {

    /** Whether somebody looks at it in the recipient's place: what the recipient chose for its mails is not about this one. */
    public boolean isSample() {
        return mailTo != null;
    }

    /** Where its mail goes. */
    public String address() {
        return isSample() ? mailTo : recipient.email();
    }

    /**
     * Whose report it is.
     *
     * @param logo the SHA-256 of its logo in hex, or null where it has none
     */
    public record Tenant(
            int id,
            String slug,
            String name,
            String zone,
            String locale,
            String color,
            String senderName,
            String replyTo,
            String logo,
            Integer retentionDays,
            boolean ended) {}

    /**
     * Who gets it.
     *
     * @param locale that it chose, else the one that the platform gave it, else the tenant's
     * @param pausedUntil until when it wants no mails of runs, or null
     * @param unsubscribed whether it wants none of this definition
     */
    public record Recipient(
            String userId, String name, String email, String locale, boolean active, Instant pausedUntil, boolean unsubscribed) {

        /** Whether it wants no mails of runs for now. */
        public boolean isPaused(Instant now) {
            return pausedUntil != null && pausedUntil.isAfter(now);
        }
    }
}
