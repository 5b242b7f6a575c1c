package io.weekly.report;

import io.weekly.queue.Priority;
import io.weekly.tenant.Secrets;
import java.time.Instant;
import java.util.List;

/**
 * What a worker needs to know of a report, its recipient and its tenant to do a stage of it.
 *
 * @param createdAt when somebody asked for it, or its run was enqueued
 * @param formats those that the recipient chose, where the report comes with a run; else the report's own
 * @param pdfPassword that of the recipient, else the tenant's, as the database keeps it; null where there is none
 * @param runCancelled whether somebody is cancelling the run that it belongs to; what had ended by then may be tried again
 * @param mailTo who gets it in the recipient's place; null but for a sample
 * @param askedAgain whether somebody has asked for it again by hand, and it was not tried since
 */
public record ReportTask(
        String reportId,
        String runId,
        String definition,
        String period,
        int revision,
        Instant createdAt,
        List<String> formats,
        DeliveryMode delivery,
        Priority priority,
        ReportStatus status,
        String mailTo,
        boolean askedAgain,
        boolean runCancelled,
        Password pdfPassword,
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

    /** Whether its files open with a password only. */
    public boolean isProtected() {
        return pdfPassword != null;
    }

    /** A password, encrypted. */
    public record Password(Secrets.Owner owner, String kept) {}

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
     * @param tags what the platform says of it; datasets may ask for them
     * @param locale that it chose, else the one that the platform gave it, else the tenant's
     * @param pausedUntil until when it wants no mails of runs, or null
     * @param unsubscribed whether it wants none of this definition
     */
    public record Recipient(
            String userId,
            String name,
            String email,
            List<String> tags,
            String locale,
            boolean active,
            Instant pausedUntil,
            boolean unsubscribed) {

        /** Whether it wants no mails of runs for now. */
        public boolean isPaused(Instant now) {
            return pausedUntil != null && pausedUntil.isAfter(now);
        }
    }
}
