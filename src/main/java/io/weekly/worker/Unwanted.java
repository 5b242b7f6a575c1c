package io.weekly.worker;

import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportTask;
import java.time.Instant;
import java.util.Optional;

/** Whether a report is still wanted: asked before anything is made of it, and again before it is mailed. */
final class Unwanted {

    private Unwanted() {}

    /**
     * How a report ends that nobody wants any more; empty where somebody does. What a recipient chose is about the mails that come by
     * themselves: a report that is only stored, or that somebody asked for, is made all the same.
     */
    static Optional<Outcome> outcome(ReportTask report, Instant now) {
        var recipient = report.recipient();
        if (report.runCancelled()) {
            return Optional.of(new Outcome.Cancelled("its run was cancelled"));
        }
        if (report.tenant().ended() || !recipient.active()) {
            return Optional.of(new Outcome.Suppressed("the recipient is not active any more"));
        }
        if (report.runId() == null || report.delivery() == DeliveryMode.NONE) {
            return Optional.empty();
        }
        if (recipient.unsubscribed()) {
            return Optional.of(new Outcome.Suppressed("the recipient has unsubscribed from " + report.definition()));
        }
        return recipient.isPaused(now)
                ? Optional.of(new Outcome.Skipped("the recipient has paused its reports until " + recipient.pausedUntil()))
                : Optional.empty();
    }
}
