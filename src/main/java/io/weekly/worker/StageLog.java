package io.weekly.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.weekly.delivery.HandOver;
import io.weekly.queue.LaneStats;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import org.jboss.logging.Logger;

/** The one place that turns the ends of stages into log lines and meters. What went well is counted and not logged. */
@ApplicationScoped
class StageLog {

    private static final Logger LOG = Logger.getLogger("io.weekly.stages");

    private static final String RECORDED = "its events have the reply";

    private final MeterRegistry meters;
    private final LaneStats lastMinute;

    StageLog(MeterRegistry meters, LaneStats lastMinute) {
        this.meters = meters;
        this.lastMinute = lastMinute;
    }

    /** A stage ended, and was written unless its lease had been lost. */
    void ended(Finished finished, boolean written) {
        var lane = finished.lease().lane().sql();
        var outcome = written ? finished.outcome().getClass().getSimpleName().toLowerCase(Locale.ROOT) : "leaselost";
        Timer.builder("weekly.stage")
                .description("Stages that ended, from their start to their end")
                .tags("lane", lane, "outcome", outcome)
                .register(meters)
                .record(Duration.between(finished.startedAt(), finished.endedAt()));
        if (written && !Verdict.isTriedAgain(finished.outcome())) {
            lastMinute.ended(finished.lease().lane(), finished.outcome() instanceof Outcome.Failed);
        }
        var report = finished.lease().reportId();
        // A mail server's reply may quote the recipient's address: it is in the report's record, and not in the log.
        var quiet = finished.handOver().isPresent();
        if (!written) {
            LOG.warnf("report %s: its lease was lost before %s ended; nothing was changed", report, lane);
            return;
        }
        switch (finished.outcome()) {
            case Outcome.Failed failed -> LOG.errorf("report %s: %s failed for good: %s", report, lane, quiet ? RECORDED : failed.reason());
            case Outcome.Unknown unknown -> LOG.errorf("report %s: nobody can tell whether the mail went out: %s", report, quiet ? RECORDED : unknown.reason());
            case Outcome.Again again -> LOG.warnf("report %s: %s is tried again in %s: %s", report, lane, again.pause(), quiet ? RECORDED : again.reason());
            case Outcome.AgainAfterUnknown again ->
                LOG.warnf("report %s: the mail may have gone out, it is sent once more in %s: %s", report, again.pause(), quiet ? RECORDED : again.reason());
            case Outcome.HandedOver handed when handed.handOver() instanceof HandOver.Rejected ->
                LOG.warnf("report %s: the mail server rejected it; its delivery has the reply", report);
            // A deferral has ended nothing: a mail server that is away for a night would be a line for each time that each mail was tried.
            case Outcome.HandedOver _, Outcome.Generated _, Outcome.Suppressed _, Outcome.Skipped _, Outcome.Cancelled _, Outcome.Deferred _,
                    Outcome.PutOff _, Outcome.Moot _ -> {}
        }
    }
}
