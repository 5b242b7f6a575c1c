package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.queue.Lease;
import io.weekly.queue.RetryPolicy;
import io.weekly.report.ReportStages;
import io.weekly.report.ReportTask;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The steps that both stages share: reads the report, runs the stage, turns a failure into an outcome, and measures the time. */
@ApplicationScoped
class StageRunner {

    private final ReportStages reports;
    private final RetryPolicy retries;
    private final Clock clock;

    StageRunner(ReportStages reports, RetryPolicy retries, Clock clock) {
        this.reports = reports;
        this.retries = retries;
        this.clock = clock;
    }

    /**
     * Does a stage of a report. A failure of the stage is an outcome, so this does not fail.
     *
     * @param stage not called if the report is gone
     * @param onFailure what a failure of the stage means for the report
     */
    Uni<FinishedStage> run(Lease lease, Function<ReportTask, Uni<Outcome>> stage, Function<Throwable, Outcome> onFailure) {
        var startedAt = clock.instant();
        return reports.task(lease.tenantId(), lease.reportId())
                .flatMap(found -> found.map(report -> stage.apply(report).onFailure().recoverWithItem(onFailure))
                        .orElseGet(() -> Uni.createFrom().item(new Outcome.NothingToDo()))
                        .map(outcome -> finished(lease, found, startedAt, outcome)))
                // The report could not be read: its row stays as it is, and only the job is scheduled for later.
                .onFailure()
                .recoverWithItem(failure -> finished(lease, Optional.empty(), startedAt, notRead(lease, failure)));
    }

    private FinishedStage finished(Lease lease, Optional<ReportTask> report, Instant startedAt, Outcome outcome) {
        return new FinishedStage(lease, report, startedAt, clock.instant(), outcome);
    }

    /** The mark of an unfinished dialogue with the mail server stays. */
    private Outcome notRead(Lease lease, Throwable failure) {
        var reason = FailureReason.of(failure);
        return lease.handingOver()
                ? Outcome.Retry.afterUnknown(reason, retries.maxBackoff(), null)
                : Outcome.Retry.afterFailure(reason, retries.maxBackoff());
    }
}
