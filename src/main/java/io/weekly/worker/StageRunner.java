package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.database.DatabaseAwayException;
import io.weekly.queue.Lease;
import io.weekly.queue.RetryPolicy;
import io.weekly.report.ReportStages;
import io.weekly.report.ReportTask;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The steps that both stages share: reads the report, runs the stage, turns a failure into an outcome, and measures the time. */
@ApplicationScoped
class StageRunner {

    /** The outcome is written when the database answers again, so the pause begins then. */
    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(5);

    private final ReportStages reports;
    private final RetryPolicy retries;
    private final Clock clock;

    StageRunner(ReportStages reports, RetryPolicy retries, Clock clock) {
        this.reports = reports;
        this.retries = retries;
        this.clock = clock;
    }

    /**
     * Does a stage of a report. A failure of the stage is an outcome, so this does not fail. If the service's database is away, the stage
     * is tried again, and the attempt does not count.
     *
     * @param stage not called if the report is gone
     * @param onFailure what a failure of the stage means for the report
     */
    Uni<FinishedStage> run(Lease lease, Function<ReportTask, Uni<Outcome>> stage, Function<Throwable, Outcome> onFailure) {
        var startedAt = clock.instant();
        return reports.task(lease.tenantId(), lease.reportId())
                .flatMap(found -> found.map(report -> stage.apply(report)
                                .onFailure()
                                .recoverWithItem(failure -> away(failure).orElseGet(() -> onFailure.apply(failure))))
                        .orElseGet(() -> Uni.createFrom().item(new Outcome.NothingToDo()))
                        .map(outcome -> finished(lease, found, startedAt, outcome)))
                // The report could not be read: its row stays as it is, and only the job is scheduled for later.
                .onFailure()
                .recoverWithItem(failure -> finished(lease, Optional.empty(), startedAt, notRead(lease, failure)));
    }

    private FinishedStage finished(Lease lease, Optional<ReportTask> report, Instant startedAt, Outcome outcome) {
        return new FinishedStage(lease, report, startedAt, clock.instant(), outcome);
    }

    /** Nothing was sent: a stage can fail only before its dialogue with the mail server. */
    private static Optional<Outcome> away(Throwable failure) {
        return DatabaseAwayException.isNot(failure)
                ? Optional.empty()
                : Optional.of(Outcome.Retry.notBegun("the database of the service was away", AFTER_OUTAGE));
    }

    private Outcome notRead(Lease lease, Throwable failure) {
        return away(failure).orElseGet(() -> notReadByFault(lease, failure));
    }

    /** The mark of an unfinished dialogue with the mail server stays. */
    private Outcome notReadByFault(Lease lease, Throwable failure) {
        var reason = FailureReason.of(failure);
        return lease.handingOver()
                ? Outcome.Retry.afterUnknown(reason, retries.maxBackoff(), null)
                : Outcome.Retry.afterFailure(reason, retries.maxBackoff());
    }
}
