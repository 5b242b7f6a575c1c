package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.definition.Definition;
import io.weekly.definition.ReadinessQuery;
import io.weekly.queue.Lease;
import io.weekly.queue.Priority;
import io.weekly.report.ReportTask;
import io.weekly.source.Readiness;
import io.weekly.source.SourceAwayException;
import io.weekly.source.SourceConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Checks whether the data of a report may be read at this hour and are complete, and decides what happens while the source is away. */
@ApplicationScoped
class SourceAvailability {

    /** A source that does not work for a whole day is not just restarting: from then on, failures use up the attempts of reports. */
    private static final Duration MAX_OUTAGE = Duration.ofDays(1);
    private static final Duration MIN_PAUSE = Duration.ofSeconds(5);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(5);

    private final Readiness readiness;
    private final SourceConfig config;
    private final Clock clock;

    SourceAvailability(Readiness readiness, SourceConfig config, Clock clock) {
        this.readiness = readiness;
        this.config = config;
        this.clock = clock;
    }

    /** How the stage ends outside the allowed hours; empty if datasets may be read now. */
    Optional<Outcome> closed(Lease lease) {
        var pause = untilAllowed(lease);
        return pause.isPositive()
                ? Optional.of(Outcome.Retry.notBegun("datasets are not read in bulk at this hour", pause))
                : Optional.empty();
    }

    /** An on-demand report is read at any hour: a person waits for it, and one report is little load for the platform's database. */
    private Duration untilAllowed(Lease lease) {
        return lease.priority() == Priority.ON_DEMAND
                ? Duration.ZERO
                : config.allowedHours().map(hours -> hours.untilOpen(clock.instant())).orElse(Duration.ZERO);
    }

    /**
     * How the stage ends if the data are not there yet; empty if they are. A run has asked once for all of its reports, before they get
     * here.
     */
    Uni<Optional<Outcome>> notReady(ReportTask report, Definition definition) {
        if (report.runId() != null || definition.readiness().isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return readiness.ask(definition, ReportSubject.of(report).parameters())
                .map(ready -> ready ? Optional.empty() : Optional.of(waiting(report, definition.readiness().get())));
    }

    /**
     * How the stage ends while the source is away: it is tried again, and the attempt does not count. Empty if the failure has another
     * cause, or if the outage has lasted so long that attempts have to limit it.
     */
    Optional<Outcome> away(Throwable failure) {
        return failure instanceof SourceAwayException away && away.lasts().compareTo(MAX_OUTAGE) < 0
                ? Optional.of(Outcome.Retry.notBegun(FailureReason.of(failure), pause(away.lasts())))
                : Optional.empty();
    }

    /** As long as the outage has lasted, within limits: each try of each report writes an audit event. */
    private static Duration pause(Duration outage) {
        var atLeast = outage.compareTo(MIN_PAUSE) < 0 ? MIN_PAUSE : outage;
        return atLeast.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : atLeast;
    }

    private Outcome waiting(ReportTask report, ReadinessQuery query) {
        var left = Duration.between(clock.instant(), report.createdAt().plus(query.longest()));
        var reason = "the data of %s are not ready (%s)".formatted(report.period(), query.query().name());
        if (!left.isPositive()) {
            return Outcome.failed("%s, %s after it was asked for".formatted(reason, query.longestText()));
        }
        return Outcome.Retry.notBegun(reason, left.compareTo(query.every()) < 0 ? left : query.every());
    }
}
