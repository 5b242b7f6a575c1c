package io.weekly.report;

import io.weekly.queue.Priority;
import java.util.List;

/** What a worker needs to know of a report, its recipient and its tenant to do a stage of it. */
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
        Tenant tenant,
        Recipient recipient) {

    /** Whose report it is. */
    public record Tenant(
            int id,
            String slug,
            String name,
            String zone,
            String locale,
            String color,
            String senderName,
            String replyTo,
            Integer retentionDays,
            boolean ended) {}

    /** Who gets it. {@code locale} is the recipient's own, else the tenant's. */
    public record Recipient(String userId, String name, String email, String locale, boolean active) {}
}
