package io.weekly.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.weekly.queue.Priority;
import java.time.Instant;
import java.util.List;

/**
 * A report as its users see it.
 *
 * @param recipient the platform's user id
 * @param run null for a report on demand
 * @param sample whether it was made for somebody to look at in the recipient's place, who does not see it
 * @param attempt of the stage that it is in, from 1; 0 before the first
 * @param error why it failed, or why it is being tried again
 */
public record Report(
        String id,
        String tenant,
        String recipient,
        String definition,
        String definitionVersion,
        String period,
        int revision,
        String run,
        boolean sample,
        ReportStatus status,
        int attempt,
        Priority priority,
        Instant createdAt,
        Instant startedAt,
        Instant generatedAt,
        Instant deliveredAt,
        List<File> files,
        Delivery delivery,
        String error,
        @JsonIgnore int tenantId) {

    /** Whether nothing more will happen by itself. */
    @JsonProperty
    public boolean done() {
        return status.isEnd(delivery.mode());
    }

    Report withFiles(List<File> found) {
        return new Report(
                id, tenant, recipient, definition, definitionVersion, period, revision, run, sample, status, attempt, priority,
                createdAt, startedAt, generatedAt, deliveredAt, found, delivery, error, tenantId);
    }

    /**
     * One stored format.
     *
     * @param type what its bytes are
     * @param path within the store; never leaves the service
     */
    public record File(
            String format,
            long bytes,
            String sha256,
            String href,
            Instant expiresAt,
            boolean expired,
            @JsonIgnore FileType type,
            @JsonIgnore String path) {}

    /**
     * Its latest delivery.
     *
     * @param to null until it was first begun
     * @param outcome accepted, deferred, rejected or unknown; null until the first dialogue has ended
     * @param unknownBefore whether an earlier attempt may have gone out as well
     */
    public record Delivery(
            DeliveryMode mode, String to, int attempts, String messageId, String outcome, boolean unknownBefore) {}
}
