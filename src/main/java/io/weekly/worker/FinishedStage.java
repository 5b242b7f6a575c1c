package io.weekly.worker;

import io.weekly.audit.AuditEvent;
import io.weekly.audit.PersonalText;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import io.weekly.report.ReportChange;
import io.weekly.report.ReportStatus;
import io.weekly.report.ReportTask;
import io.weekly.report.StoredFile;
import io.weekly.text.Warning;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stage that has ended and whose outcome must be written.
 *
 * @param report empty if the report does not exist or could not be read
 */
record FinishedStage(Lease lease, Optional<ReportTask> report, Instant startedAt, Instant endedAt, Outcome outcome) {

    /** What changes in the report's row; empty if nothing does. */
    Optional<ReportChange> change() {
        return report.filter(_ -> outcome.changesReport()).map(this::change);
    }

    private ReportChange change(ReportTask task) {
        var status = outcome.status().orElse(task.status());
        var generated = outcome instanceof Outcome.Generated of ? of : null;
        return new ReportChange(
                task,
                task.status(),
                status,
                lease.attempt(),
                outcome.reason().orElse(null),
                startedAt,
                generated == null ? null : endedAt,
                status == ReportStatus.DELIVERED ? endedAt : null,
                generated == null ? null : generated.definitionVersion());
    }

    /** The event for the audit trail of the report; empty if nothing happened. */
    Optional<AuditEvent> event() {
        return report.flatMap(task -> outcome.event().map(name -> new AuditEvent(
                task.tenant().id(), endedAt, AuditEvent.SERVICE, name, task.reportId(), detail(task))));
    }

    /** The event that says that the report was generated with warnings; empty if it has none. */
    Optional<AuditEvent> warned() {
        return outcome instanceof Outcome.Generated generated && !generated.warnings().isEmpty()
                ? report.map(task -> new AuditEvent(
                        task.tenant().id(), endedAt, AuditEvent.SERVICE, "report.warned", task.reportId(),
                        Map.of("warnings", generated.warnings().stream().map(FinishedStage::warning).toList())))
                : Optional.empty();
    }

    private static Map<String, Object> warning(Warning warning) {
        return Map.of("code", warning.code(), "message", warning.message());
    }

    private Map<String, Object> detail(ReportTask task) {
        var detail = new LinkedHashMap<String, Object>();
        if (outcome.changesReport()) {
            detail.put("attempt", lease.attempt());
        }
        outcome.handOver().ifPresent(handOver -> detail.put("outcome", handOver.outcome()));
        switch (outcome) {
            case Outcome.Generated generated -> {
                detail.put("files", files(generated.files()));
                if (task.isProtected()) {
                    detail.put("protected", true);
                }
            }
            case Outcome.Retry retry -> detail.putAll(detail(retry));
            case Outcome.HandedOver _, Outcome.Ended _, Outcome.NothingToDo _ -> {}
        }
        outcome.reason().ifPresent(reason -> detail.put("reason", reason(task, reason)));
        return detail;
    }

    /** It may be the reply of a mail server, which names the address, or an error with data of the recipient. */
    private PersonalText reason(ReportTask task, String reason) {
        return task.mailTo() != null && lease.lane() == Lane.DELIVER
                ? PersonalText.ofAddress(task.mailTo(), reason)
                : PersonalText.ofRecipient(task.recipient().id(), reason);
    }

    private static List<Map<String, Object>> files(List<StoredFile> files) {
        return files.stream()
                .filter(file -> !file.isMail())
                .map(file -> Map.<String, Object>of("format", file.format(), "bytes", file.bytes(), "sha256", file.sha256()))
                .toList();
    }

    private Map<String, Object> detail(Outcome.Retry retry) {
        var detail = new LinkedHashMap<String, Object>();
        switch (retry.cause()) {
            case FAILURE, UNKNOWN -> detail.put("pauseSeconds", retry.pause().toSeconds());
            case DEFERRAL -> {
                detail.put("dialogue", retry.dialogues());
                detail.put("pauseSeconds", retry.pause().toSeconds());
            }
            case NOT_BEGUN, NO_SLOT, DOMAIN -> detail.put("until", endedAt.plus(retry.pause()).toString());
        }
        return detail;
    }

    /** Whether the job stays in the queue, for another attempt. */
    boolean isTriedAgain() {
        return outcome instanceof Outcome.Retry;
    }
}
