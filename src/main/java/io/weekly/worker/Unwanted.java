package io.weekly.worker;

import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportTask;
import java.time.Instant;
import java.util.Optional;

/** Whether a report is still wanted. Each stage asks before it begins. */
final class Unwanted {

    private Unwanted() {}

    /**
     * How a report ends that nobody wants any more; empty if it is wanted. A recipient's own choices (unsubscribed, paused) are about mails
     * that come by themselves: they do not stop a report that is only stored, or that somebody asked for.
     */
    static Optional<Outcome.Ended> outcome(ReportTask report, Instant now) {
        var recipient = report.recipient();
        if (report.runCancelled()) {
            return Optional.of(Outcome.cancelled("its run was cancelled"));
        }
        if (report.tenant().ended() || !recipient.active()) {
            return Optional.of(Outcome.suppressed("the recipient is not active any more"));
        }
        if (report.runId() == null || report.delivery() == DeliveryMode.NONE) {
            return Optional.empty();
        }
        if (recipient.unsubscribed()) {
            return Optional.of(Outcome.suppressed("the recipient has unsubscribed from " + report.definition()));
        }
        return recipient.isPaused(now)
                ? Optional.of(Outcome.skipped("the recipient has paused its reports until " + recipient.pausedUntil()))
                : Optional.empty();
    }
}
