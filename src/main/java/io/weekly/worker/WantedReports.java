package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.report.ReportTask;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** Decides whether a report is still to be generated: somebody wants it, and its address gets mail. */
@ApplicationScoped
class WantedReports {

    private final AddressSuppression suppression;
    private final Clock clock;

    WantedReports(AddressSuppression suppression, Clock clock) {
        this.suppression = suppression;
        this.clock = clock;
    }

    /** How the report ends if it is not to be generated; empty if it is. */
    Uni<Optional<Outcome.Ended>> unwanted(ReportTask report) {
        var unwanted = Unwanted.outcome(report, clock.instant());
        return unwanted.isPresent() ? Uni.createFrom().item(unwanted) : suppression.outcome(report);
    }
}
