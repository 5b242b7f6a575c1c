package io.weekly.worker;

import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportTask;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a report is still wanted. Each stage checks this before it begins. */
final class Unwanted {

    private Unwanted() {}

    /**
     * How a report ends that is not wanted any more; empty if it is wanted. The recipient's choices (unsubscribed, paused) apply to mails
     * of runs only. They do not stop a report that is only stored, or one that a user requested.
     */
    static Optional<Outcome.Ended> outcome(ReportTask report, Instant now) {
        var recipient = report.recipient();
        if (report.runCancelled()) {
            return Optional.of(Outcome.cancelled("its run was cancelled"));
        }
        if (report.tenant().ended() || !recipient.active()) {
            return Optional.of(Outcome.suppressed("the recipient is not active any more"));
        }
        if (report.isSample() && report.address().isEmpty()) {
            return Optional.of(Outcome.suppressed("the address that the sample was for is erased"));
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
