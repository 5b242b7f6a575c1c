package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.queue.JobQueue;
import io.weekly.queue.JobQueue.WaitingJob;
import io.weekly.queue.Lane;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/** Cancels reports of runs whose job no worker holds. */
@ApplicationScoped
public class CancelledReports {

    private final JobQueue queue;

    CancelledReports(JobQueue queue) {
        this.queue = queue;
    }

    /**
     * Cancels the reports of a run whose jobs still wait, removes their jobs and counts them.
     *
     * @param jobIds jobs of reports of this run; jobs that a worker has claimed in the meantime are not changed
     * @return how many reports were cancelled
     */
    public Uni<Integer> ofRun(SqlClient transaction, int tenantId, String runId, List<Long> jobIds) {
        return queue.lockWaiting(transaction, jobIds).flatMap(jobs -> jobs.isEmpty()
                ? Uni.createFrom().item(0)
                : ReportTransitions.cancel(transaction, tenantId, jobs.stream().map(WaitingJob::reportId).toList())
                        .flatMap(_ -> queue.discard(transaction, jobs))
                        .flatMap(_ -> RunCounters.add(transaction, deltas(tenantId, runId, jobs)))
                        .replaceWith(jobs.size()));
    }

    /** The lane of the job gives the stored status: a report gets its deliver job in the transaction that sets it to generated. */
    private static List<RunDelta> deltas(int tenantId, String runId, List<WaitingJob> jobs) {
        var generated = (int) jobs.stream().filter(job -> job.lane() == Lane.DELIVER).count();
        return Stream.of(
                        new RunDelta(tenantId, runId, ReportStatus.QUEUED, generated - jobs.size()),
                        new RunDelta(tenantId, runId, ReportStatus.GENERATED, -generated),
                        new RunDelta(tenantId, runId, ReportStatus.CANCELLED, jobs.size()))
                .filter(delta -> delta.delta() != 0)
                .toList();
    }
}
