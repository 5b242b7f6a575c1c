package io.weekly.report;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.queue.JobQueue;
import io.weekly.queue.Priority;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A report whose job and row this transaction has locked.
 *
 * @param runId null if it belongs to no run
 * @param stored the status in its row
 * @param job its job, waiting or leased
 * @param runIsStopped as in {@link ReportVerb.Situation}
 * @param kept as in {@link ReportVerb.Situation}
 */
record LockedReport(
        int tenantId,
        String id,
        @Nullable String runId,
        ReportStatus stored,
        DeliveryMode delivery,
        Priority priority,
        Optional<JobQueue.Found> job,
        boolean runIsStopped,
        boolean kept) {

    static LockedReport of(Row row, Optional<JobQueue.Found> job, boolean runIsStopped, boolean kept) {
        return new LockedReport(
                row.getInteger("tenant_id"),
                row.getString("id"),
                row.getString("run"),
                ReportStatus.of(row.getString("status")).orElseThrow(),
                DeliveryMode.of(row.getString("delivery")).orElseThrow(),
                Priority.ofText(row.getString("priority")),
                job,
                runIsStopped,
                kept);
    }

    ReportVerb.Situation situation() {
        return new ReportVerb.Situation(visibleStatus(), delivery, job.map(JobQueue.Found::handingOver).orElse(false), runIsStopped, kept);
    }

    private ReportStatus visibleStatus() {
        if (!job.map(JobQueue.Found::leased).orElse(false)) {
            return stored;
        }
        return stored == ReportStatus.QUEUED ? ReportStatus.GENERATING : ReportStatus.DELIVERING;
    }
}
