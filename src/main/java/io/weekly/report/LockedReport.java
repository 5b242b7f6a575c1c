package io.weekly.report;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.queue.JobQueue;
import io.weekly.queue.Priority;
import java.util.Optional;

/**
 * A report whose job and row nobody else changes for the rest of the transaction.
 *
 * @param runId null where it belongs to none
 * @param stored the status in its row
 * @param job what waits or is under way
 * @param runIsStopped as in {@link ReportVerb.Standing}
 * @param kept as there
 */
record LockedReport(
        int tenantId,
        String id,
        String runId,
        ReportStatus stored,
        DeliveryMode delivery,
        Priority priority,
        Optional<JobQueue.Found> job,
        boolean runIsStopped,
        boolean kept) {

    static LockedReport of(Row row, Optional<JobQueue.Found> job, Row around) {
        return new LockedReport(
                row.getInteger("tenant_id"),
                row.getString("id"),
                row.getString("run"),
                ReportStatus.of(row.getString("status")).orElseThrow(),
                DeliveryMode.of(row.getString("delivery")).orElseThrow(),
                Priority.ofText(row.getString("priority")),
                job,
                around.getInteger("run_is_stopped") != 0,
                around.getInteger("kept") != 0);
    }

    ReportVerb.Standing standing() {
        return new ReportVerb.Standing(seen(), delivery, job.map(JobQueue.Found::handingOver).orElse(false), runIsStopped, kept);
    }

    private ReportStatus seen() {
        if (!job.map(JobQueue.Found::leased).orElse(false)) {
            return stored;
        }
        return stored == ReportStatus.QUEUED ? ReportStatus.GENERATING : ReportStatus.DELIVERING;
    }
}
