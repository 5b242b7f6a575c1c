package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.delivery.Deliveries;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.DeliveryConfig.OnUnknown;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.Postbox;
import io.weekly.delivery.SendRate;
import io.weekly.queue.Lease;
import io.weekly.queue.RetryPolicy;
import io.weekly.report.Assignment;
import io.weekly.report.ReportStages;
import io.weekly.report.ReportStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The second stage: one generated report, from a claimed job to what the mail server said. */
@ApplicationScoped
class DeliverReport {

    private final ReportStages reports;
    private final Deliveries deliveries;
    private final Letters letters;
    private final BeginHandOver beginHandOver;
    private final SendRate sendRate;
    private final Postbox postbox;
    private final RetryPolicy retries;
    private final DeliveryConfig config;
    private final Clock clock;

    DeliverReport(
            ReportStages reports,
            Deliveries deliveries,
            Letters letters,
            BeginHandOver beginHandOver,
            SendRate sendRate,
            Postbox postbox,
            RetryPolicy retries,
            DeliveryConfig config,
            Clock clock) {
        this.reports = reports;
        this.deliveries = deliveries;
        this.letters = letters;
        this.beginHandOver = beginHandOver;
        this.sendRate = sendRate;
        this.postbox = postbox;
        this.retries = retries;
        this.config = config;
        this.clock = clock;
    }

    Uni<Finished> deliver(Lease lease) {
        var startedAt = clock.instant();
        return reports.assignment(lease.tenantId(), lease.reportId()).flatMap(found -> found.map(
                        report -> deliver(lease, report, startedAt))
                .orElseGet(() -> end(lease, found, startedAt, new Outcome.Moot())));
    }

    private Uni<Finished> deliver(Lease lease, Assignment report, Instant startedAt) {
        var found = Optional.of(report);
        if (report.status() != ReportStatus.GENERATED) {
            return end(lease, found, startedAt, new Outcome.Moot());
        }
        return deliveries.latest(lease.tenantId(), lease.reportId()).flatMap(before -> {
            if (lease.handingOver() && isToBeHeld(before)) {
                return end(lease, found, startedAt, new Outcome.Unknown("nobody saw the end of an earlier dialogue with the mail server"));
            }
            if (report.tenant().ended() || !report.recipient().active()) {
                return end(lease, found, startedAt, new Outcome.Suppressed("the recipient is not active any more"));
            }
            if (retries.isPast(lease.attempt())) {
                return end(lease, found, startedAt, new Outcome.Failed("no worker survived delivering it, %d times".formatted(lease.attempt() - 1)));
            }
            return send(lease, report, before, startedAt);
        });
    }

    /** After one resend that may have been the second mail, nothing more goes out by itself. */
    private boolean isToBeHeld(Optional<Deliveries.Begun> before) {
        return config.onUnknown() == OnUnknown.HOLD
                || before.map(Deliveries.Begun::unknownBefore).orElse(false);
    }

    private Uni<Finished> send(Lease lease, Assignment report, Optional<Deliveries.Begun> before, Instant startedAt) {
        var found = Optional.of(report);
        var unknownBefore = lease.handingOver() || before.map(Deliveries.Begun::unknownBefore).orElse(false);
        return letters.of(report)
                .call(letter -> sendRate.await())
                .flatMap(letter -> beginHandOver.of(lease, report, letter, unknownBefore).flatMap(mine -> mine
                        ? postbox.handOver(letter).map(handOver -> new Finished(
                                lease, found, startedAt, clock.instant(), outcome(lease, handOver, unknownBefore), Optional.of(handOver)))
                        : end(lease, found, startedAt, new Outcome.Moot())))
                // The dialogue itself never fails, so nothing was said to the mail server here.
                .onFailure()
                .recoverWithItem(failure -> finished(lease, found, startedAt, before(lease, failure)));
    }

    /** What a dialogue's end means for the report. */
    private Outcome outcome(Lease lease, HandOver handOver, boolean unknownBefore) {
        return switch (handOver) {
            case HandOver.Accepted _, HandOver.Rejected _ -> new Outcome.HandedOver(handOver);
            case HandOver.Deferred deferred -> again(lease, deferred.reply());
            case HandOver.Unknown unknown -> unknownBefore || config.onUnknown() == OnUnknown.HOLD
                    ? new Outcome.Unknown(unknown.reply())
                    : retries.pauseAfter(lease.attempt())
                            .<Outcome>map(pause -> new Outcome.AgainAfterUnknown(unknown.reply(), pause))
                            .orElseGet(() -> new Outcome.Unknown(unknown.reply()));
        };
    }

    /** What failed before the dialogue began: a letter that cannot be sent never will be, anything else may pass. */
    private Outcome before(Lease lease, Throwable failure) {
        return failure instanceof Letters.TooLarge
                ? new Outcome.Failed(Reason.of(failure))
                : again(lease, Reason.of(failure));
    }

    private Outcome again(Lease lease, String reason) {
        return retries.pauseAfter(lease.attempt())
                .<Outcome>map(pause -> new Outcome.Again(reason, pause))
                .orElseGet(() -> new Outcome.Failed(reason));
    }

    private Uni<Finished> end(Lease lease, Optional<Assignment> report, Instant startedAt, Outcome outcome) {
        return Uni.createFrom().item(finished(lease, report, startedAt, outcome));
    }

    private Finished finished(Lease lease, Optional<Assignment> report, Instant startedAt, Outcome outcome) {
        return new Finished(lease, report, startedAt, clock.instant(), outcome, Optional.empty());
    }
}
