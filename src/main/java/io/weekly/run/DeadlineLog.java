package io.weekly.run;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** The one place that turns what became of deadlines into log lines and a meter. A run that met its deadline is counted and not logged. */
@ApplicationScoped
class DeadlineLog {

    private static final Logger LOG = Logger.getLogger("io.weekly.deadlines");

    private final Counter met;
    private final Counter missed;

    /** Both are there from the beginning: of a counter that appears with its first count an alert sees no increase. */
    DeadlineLog(MeterRegistry meters) {
        met = counter(meters, "met");
        missed = counter(meters, "missed");
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("weekly.run.deadline")
                .description("Runs that were judged at their deadline")
                .tags("outcome", outcome)
                .register(meters);
    }

    void judged(PassedRun run, Ledger ledger) {
        if (ledger.settled()) {
            met.increment();
            return;
        }
        missed.increment();
        LOG.errorf("run %s of tenant %s (%s, %s) has not balanced by %s: %d due, ended %s, missing %d, of which open %d",
                run.id(), run.tenant().slug(), run.definition(), run.period(), run.deadline(), ledger.due(), ledger.ended(),
                ledger.missing(), ledger.open());
    }

    void couldNotBeJudged(PassedRun run, Throwable failure) {
        LOG.errorf(failure, "run %s could not be judged at its deadline; the next sweep tries again", run.id());
    }
}
