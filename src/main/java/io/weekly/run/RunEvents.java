package io.weekly.run;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes all log lines and meters about runs and schedules. There is one line when something ended or failed. A run that met its deadline
 * is only counted. docs/monitoring.md lists what operators watch.
 */
@ApplicationScoped
public class RunEvents {

    private static final Logger LOG = Logger.getLogger("io.weekly.runs");

    private final Counter metDeadlines;
    private final Counter missedDeadlines;

    /**
     * Registers both counters at the start. If a counter appeared only with its first count, an alert on its increase would miss that
     * count.
     */
    RunEvents(MeterRegistry meters) {
        metDeadlines = deadlineCounter(meters, "met");
        missedDeadlines = deadlineCounter(meters, "missed");
    }

    private static Counter deadlineCounter(MeterRegistry meters, String outcome) {
        return Counter.builder("weekly.run.deadline")
                .description("Runs that were judged at their deadline")
                .tags("outcome", outcome)
                .register(meters);
    }

    /** A schedule was due and could not start its run. */
    public void scheduleDidNotFire(String schedule, Throwable failure) {
        LOG.errorf(failure, "schedule %s could not fire; the next tick tries again", schedule);
    }

    void enqueuingFailed(Throwable failure) {
        LOG.error("enqueuing of runs failed; the next tick tries again", failure);
    }

    void runNotEnqueued(String run, Throwable failure) {
        LOG.errorf(failure, "run %s could not be enqueued; the next tick tries again", run);
    }

    void readinessNotAsked(String run, Throwable failure) {
        LOG.errorf(failure, "run %s: the check whether its data are ready failed; it is tried again", run);
    }

    void sourceNotReachable(String run, Throwable failure) {
        LOG.warnf("run %s: the source database could not be queried: %s", run, failure);
    }

    void readinessUnknown(String run, String fault) {
        LOG.warnf("run %s: it is unknown whether its data are ready; it is checked again: %s", run, fault);
    }

    void dataLate(WaitingRun run, @Nullable String fault) {
        LOG.warnf("run %s of tenant %s (%s, %s) is held: its data were not ready by %s%s", run.id(), run.tenant().slug(),
                run.definition(), run.period(), run.until(), fault == null ? "" : "; " + fault);
    }

    void approvalTimedOut(String run, String reason) {
        LOG.warnf("run %s is cancelled: %s", run, reason);
    }

    void cancellingFailed(Throwable failure) {
        LOG.error("cancelling of runs failed; the next tick tries again", failure);
    }

    void runNotCancelled(String run, Throwable failure) {
        LOG.errorf(failure, "run %s could not be cancelled; the next tick tries again", run);
    }

    void runNotFinished(String run, Throwable failure) {
        LOG.errorf(failure, "run %s could not be finished; the next tick tries again", run);
    }

    void reportNotRetried(String run, String report, Throwable failure) {
        LOG.errorf(failure, "report %s of run %s could not be retried", report, run);
    }

    void finished(String run, int due) {
        LOG.infof("run %s has finished: %d reports were due", run, due);
    }

    void judged(OverdueRun run, Ledger ledger) {
        if (ledger.settled()) {
            metDeadlines.increment();
            return;
        }
        missedDeadlines.increment();
        LOG.errorf("run %s of tenant %s (%s, %s) has not balanced by %s: %d due, ended %s, missing %d, of which open %d",
                run.id(), run.tenant().slug(), run.definition(), run.period(), run.deadline(), ledger.due(), ledger.ended(),
                ledger.missing(), ledger.open());
    }

    void notJudged(String run, Throwable failure) {
        LOG.errorf(failure, "run %s could not be judged at its deadline; the next pass tries again", run);
    }
}
