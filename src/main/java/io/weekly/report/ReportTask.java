package io.weekly.report;

import io.weekly.queue.Priority;
import io.weekly.tenant.Secrets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of a report, its recipient and its tenant that a worker needs for one stage.
 *
 * @param runId null for a report on demand
 * @param createdAt when a user requested it, or when its run was enqueued
 * @param formats if the report belongs to a run, the formats that the recipient chose; else the report's own
 * @param mailTo the address that gets the mail in the recipient's place; null if the report is not a sample
 * @param askedAgain whether a user requested a retry or a new delivery, and no attempt has been made since
 * @param runCancelled whether its run is being cancelled
 * @param pdfPassword the recipient's, else the tenant's, as the database stores it; null if there is none
 */
public record ReportTask(
        String reportId,
        @Nullable String runId,
        String definition,
        String period,
        int revision,
        Instant createdAt,
        List<String> formats,
        DeliveryMode delivery,
        Priority priority,
        ReportStatus status,
        @Nullable String mailTo,
        boolean askedAgain,
        boolean runCancelled,
        @Nullable Password pdfPassword,
        Tenant tenant,
        Recipient recipient) {

    /** Whether somebody else gets it for review. If so, the recipient's mail preferences do not apply. */
    public boolean isSample() {
        return mailTo != null;
    }

    /** The address that its mail goes to. */
    public String address() {
        return mailTo != null ? mailTo : recipient.email();
    }

    /** Whether its files have a password. */
    public boolean isProtected() {
        return pdfPassword != null;
    }

    /** An encrypted password and its owner, who is needed to decrypt it. */
    public record Password(Secrets.Owner owner, String kept) {}

    /**
     * The tenant of the report.
     *
     * @param logo the SHA-256 of its logo in hex; null if it has none
     * @param retentionDays how long its files are kept; null for the default of the service
     */
    public record Tenant(
            int id,
            String slug,
            String name,
            String zone,
            String locale,
            String color,
            @Nullable String senderName,
            @Nullable String replyTo,
            @Nullable String logo,
            @Nullable Integer retentionDays,
            boolean ended) {}

    /**
     * The recipient of the report.
     *
     * @param id its number within this service
     * @param tags given by the platform; datasets can use them
     * @param locale the one that the recipient chose, else the one that the platform gave, else the tenant's
     * @param pausedUntil until then the recipient wants no mails of runs; null if there is no pause
     * @param unsubscribed whether the recipient wants no mails of this definition
     */
    public record Recipient(
            long id,
            String userId,
            String name,
            String email,
            List<String> tags,
            String locale,
            boolean active,
            @Nullable Instant pausedUntil,
            boolean unsubscribed) {

        /** Whether the recipient wants no mails of runs at this moment. */
        public boolean isPaused(Instant now) {
            return pausedUntil != null && pausedUntil.isAfter(now);
        }
    }
}
