package io.weekly.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.weekly.queue.Priority;
import io.weekly.text.Warning;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report as users see it. The API returns it as JSON.
 *
 * @param recipient the platform's user id
 * @param definitionVersion null until it was generated
 * @param run null for a report on demand
 * @param sample whether it was generated for review by somebody else. The recipient does not see it
 * @param attempt the attempt of its current stage, from 1; 0 before the first
 * @param warnings what its reader should know although it was generated; empty if nothing is wrong
 * @param error why it failed or is tried again; null if there was no error
 */
public record Report(
        String id,
        String tenant,
        String recipient,
        String definition,
        @Nullable String definitionVersion,
        String period,
        int revision,
        @Nullable String run,
        boolean sample,
        ReportStatus status,
        int attempt,
        Priority priority,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant generatedAt,
        @Nullable Instant deliveredAt,
        List<File> files,
        Delivery delivery,
        List<Warning> warnings,
        @Nullable String error,
        @JsonIgnore int tenantId) {

    /** Whether its status is final. Only a user can change it then. */
    @JsonProperty
    public boolean done() {
        return status.isEnd(delivery.mode());
    }

    Report withFiles(List<File> itsFiles) {
        return new Report(
                id, tenant, recipient, definition, definitionVersion, period, revision, run, sample, status, attempt, priority,
                createdAt, startedAt, generatedAt, deliveredAt, itsFiles, delivery, warnings, error, tenantId);
    }

    /**
     * A stored file.
     *
     * @param path in the store; not shown to users
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
     * The latest delivery of a report.
     *
     * @param to the address; null before the first attempt
     * @param messageId null before the first attempt
     * @param outcome accepted, deferred, rejected or unknown; null until the first dialogue with the mail server has ended
     * @param reason what the last reply was about: address, mailbox-full, temporary, sender, domain-limit, too-large or service; null if
     *     the mail was accepted, or if there was no reply. A run's reports with the same reason can be retried together
     * @param unknownBefore whether an earlier attempt may have sent the mail as well
     */
    public record Delivery(
            DeliveryMode mode, @Nullable String to, int attempts, @Nullable String messageId, @Nullable String outcome,
            @Nullable String reason, boolean unknownBefore) {}
}
