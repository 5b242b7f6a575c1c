package io.weekly.worker;

import io.weekly.queue.Priority;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportStatus;
import io.weekly.report.ReportTask;
import io.weekly.tenant.Secrets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A report of a run for an active recipient who wants it; a test changes what it is about. */
final class TaskOfTest {

    String runId = "5".repeat(32);
    DeliveryMode delivery = DeliveryMode.ATTACHMENT;
    ReportStatus status = ReportStatus.QUEUED;
    boolean runCancelled;
    boolean hasPassword;
    boolean tenantEnded;
    boolean active = true;
    Instant pausedUntil;
    boolean unsubscribed;

    ReportTask task() {
        return new ReportTask(
                "7".repeat(32),
                runId,
                "weekly-business",
                "2026-W47",
                1,
                Instant.EPOCH,
                List.of("pdf"),
                delivery,
                Priority.BULK,
                status,
                null,
                false,
                runCancelled,
                hasPassword ? new ReportTask.Password(new Secrets.Owner(3, Optional.empty()), "encrypted") : null,
                new ReportTask.Tenant(3, "acme", "Acme", "UTC", "en", null, null, null, null, null, tenantEnded),
                new ReportTask.Recipient(1, "u1", "Ann", "ann@acme.test", List.of(), "en", active, pausedUntil, unsubscribed));
    }
}
