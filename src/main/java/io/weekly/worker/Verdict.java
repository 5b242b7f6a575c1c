package io.weekly.worker;

import io.weekly.audit.AuditEvent;
import io.weekly.delivery.HandOver;
import io.weekly.report.ReportChange;
import io.weekly.report.ReportStatus;
import io.weekly.report.ReportTask;
import io.weekly.report.StoredFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an outcome makes of a report, and what the audit trail says of it. */
final class Verdict {

    private Verdict() {}

    /** Whether the job stays, for later. */
    static boolean isTriedAgain(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Again _, Outcome.AgainAfterUnknown _, Outcome.Deferred _, Outcome.PutOff _ -> true;
            default -> false;
        };
    }

    /** The change of the report's row; none where there is nothing to do, or nothing was tried. */
    static Optional<ReportChange> change(Finished finished) {
        if (finished.outcome() instanceof Outcome.Moot || finished.outcome() instanceof Outcome.PutOff) {
            return Optional.empty();
        }
        return finished.report().map(report -> {
            var to = status(finished.outcome(), report.status());
            return new ReportChange(
                    report,
                    report.status(),
                    to,
                    finished.lease().attempt(),
                    error(finished.outcome()),
                    finished.startedAt(),
                    finished.outcome() instanceof Outcome.Generated ? finished.endedAt() : null,
                    to == ReportStatus.DELIVERED ? finished.endedAt() : null,
                    finished.outcome() instanceof Outcome.Generated generated ? generated.definitionVersion() : null);
        });
    }

    private static ReportStatus status(Outcome outcome, ReportStatus now) {
        return switch (outcome) {
            case Outcome.Generated _ -> ReportStatus.GENERATED;
            case Outcome.HandedOver handed -> handed.handOver() instanceof HandOver.Accepted
                    ? ReportStatus.DELIVERED
                    : ReportStatus.BOUNCED;
            case Outcome.Unknown _ -> ReportStatus.UNKNOWN;
            case Outcome.Suppressed _ -> ReportStatus.SUPPRESSED;
            case Outcome.Skipped _ -> ReportStatus.SKIPPED;
            case Outcome.Cancelled _ -> ReportStatus.CANCELLED;
            case Outcome.Failed _ -> ReportStatus.FAILED;
            case Outcome.Again _, Outcome.AgainAfterUnknown _, Outcome.Deferred _, Outcome.PutOff _, Outcome.Moot _ -> now;
        };
    }

    /** Why it failed, why nothing was sent, or why it is being tried again; null where nothing is wrong. */
    static String error(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Generated _, Outcome.Moot _ -> null;
            case Outcome.HandedOver handed -> handed.handOver() instanceof HandOver.Accepted ? null : handed.handOver().reply();
            case Outcome.Unknown unknown -> unknown.reason();
            case Outcome.Suppressed suppressed -> suppressed.reason();
            case Outcome.Skipped skipped -> skipped.reason();
            case Outcome.Cancelled cancelled -> cancelled.reason();
            case Outcome.Failed failed -> failed.reason();
            case Outcome.Again again -> again.reason();
            case Outcome.AgainAfterUnknown again -> again.reason();
            case Outcome.Deferred deferred -> deferred.reply();
            case Outcome.PutOff putOff -> putOff.reason();
        };
    }

    /** The event of the report's trail; none where nothing happened. */
    static Optional<AuditEvent> event(Finished finished) {
        return finished.report()
                .filter(report -> !(finished.outcome() instanceof Outcome.Moot))
                .map(report -> new AuditEvent(
                        report.tenant().id(),
                        finished.endedAt(),
                        AuditEvent.SERVICE,
                        "report." + action(finished.outcome(), report),
                        report.reportId(),
                        detail(finished)));
    }

    private static String action(Outcome outcome, ReportTask report) {
        if (outcome instanceof Outcome.PutOff) {
            return "put-off";
        }
        return isTriedAgain(outcome) ? "deferred" : status(outcome, report.status()).text();
    }

    private static Map<String, Object> detail(Finished finished) {
        var detail = new LinkedHashMap<String, Object>();
        if (!(finished.outcome() instanceof Outcome.PutOff)) {
            detail.put("attempt", finished.lease().attempt());
        }
        finished.handOver().ifPresent(handOver -> detail.put("outcome", handOver.outcome()));
        switch (finished.outcome()) {
            case Outcome.Generated generated -> {
                detail.put("files", files(generated.files()));
                finished.report().filter(ReportTask::isProtected).ifPresent(report -> detail.put("protected", true));
            }
            case Outcome.Again again -> detail.put("pauseSeconds", again.pause().toSeconds());
            case Outcome.AgainAfterUnknown again -> detail.put("pauseSeconds", again.pause().toSeconds());
            case Outcome.Deferred deferred -> {
                detail.put("dialogue", deferred.dialogues());
                detail.put("pauseSeconds", deferred.pause().toSeconds());
            }
            case Outcome.PutOff putOff -> detail.put("until", finished.endedAt().plus(putOff.pause()).toString());
            default -> {}
        }
        var error = error(finished.outcome());
        if (error != null) {
            detail.put("reason", error);
        }
        return detail;
    }

    private static List<Map<String, Object>> files(List<StoredFile> files) {
        return files.stream()
                .filter(file -> !file.isMail())
                .map(file -> Map.<String, Object>of("format", file.format(), "bytes", file.bytes(), "sha256", file.sha256()))
                .toList();
    }
}
