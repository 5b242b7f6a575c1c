package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.delivery.Deliveries;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.DeliveryConfig.OnUnknown;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.MailSender;
import io.weekly.delivery.SendRate;
import io.weekly.queue.Lease;
import io.weekly.queue.RetryPolicy;
import io.weekly.report.ReportStages;
import io.weekly.report.ReportStatus;
import io.weekly.report.ReportTask;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The second stage: one generated report, from a claimed job to what the mail server said. */
@ApplicationScoped
class DeliverReport {

    private final ReportStages reports;
    private final Deliveries deliveries;
    private final MailComposer letters;
    private final BeginHandOver beginHandOver;
    private final SendRate sendRate;
    private final MailSender postbox;
    private final RetryPolicy retries;
    private final DeliveryConfig config;
    private final DeliverSlots places;
    private final Clock clock;

    DeliverReport(
            ReportStages reports,
            Deliveries deliveries,
            MailComposer letters,
            BeginHandOver beginHandOver,
            SendRate sendRate,
            MailSender postbox,
            RetryPolicy retries,
            DeliveryConfig config,
            DeliverSlots places,
            Clock clock) {
        this.reports = reports;
        this.deliveries = deliveries;
        this.letters = letters;
        this.beginHandOver = beginHandOver;
        this.sendRate = sendRate;
        this.postbox = postbox;
        this.retries = retries;
        this.config = config;
        this.places = places;
        this.clock = clock;
    }

    /** How many of it may be under way now: as many as the mail server takes. */
    Slots places() {
        return places.now();
    }

    Uni<Finished> deliver(Lease lease) {
        var startedAt = clock.instant();
        var round = places.round();
        return reports.task(lease.tenantId(), lease.reportId())
                .flatMap(found -> found.isEmpty()
                        ? end(new Ended(new Outcome.Moot()))
                                .map(ended -> finished(lease, found, startedAt, ended))
                        : deliver(lease, found.get(), round)
                                .onFailure()
                                .recoverWithItem(failure -> new Ended(beforeTheDialogue(lease, failure)))
                                .map(ended -> finished(lease, found, startedAt, ended)))
                // The report could not even be read: the job alone is put off.
                .onFailure()
                .recoverWithItem(failure -> finished(
                        lease, Optional.empty(), startedAt, new Ended(putOff(lease, FailureReason.of(failure), retries.maxBackoff()))));
    }

    private Uni<Ended> deliver(Lease lease, ReportTask report, int round) {
        if (report.status() != ReportStatus.GENERATED) {
            return end(new Ended(new Outcome.Moot()));
        }
        var now = clock.instant();
        return deliveries.latest(lease.tenantId(), lease.reportId(), now).flatMap(before -> {
            var delivery = before.orElseGet(() -> deliveries.first(lease.reportId(), now));
            var flagged = delivery.unknownBefore();
            if (lease.handingOver() && (flagged || config.onUnknown() == OnUnknown.HOLD)) {
                // After one resend that may have been the second mail, nothing more goes out by itself.
                return end(unseen("nobody saw the end of an earlier dialogue with the mail server"));
            }
            var unwanted = Unwanted.outcome(report, now);
            if (unwanted.isPresent()) {
                return end(lease.handingOver()
                        ? unseen(Verdict.error(unwanted.get()) + ", and nobody saw the end of an earlier dialogue")
                        : new Ended(unwanted.get()));
            }
            if (retries.isPast(lease.attempt())) {
                var reason = "no worker survived delivering it, %d times".formatted(lease.attempt() - 1);
                return end(lease.handingOver() ? unseen(reason) : new Ended(new Outcome.Failed(reason)));
            }
            return send(lease, report, delivery, lease.handingOver() || flagged, round);
        });
    }

    private Uni<Ended> send(Lease lease, ReportTask report, Deliveries.Begun delivery, boolean unknownBefore, int round) {
        return letters.of(report, delivery.messageId())
                .call(letter -> sendRate.await())
                .flatMap(letter -> beginHandOver.of(lease, report, letter, delivery, unknownBefore).flatMap(mine -> mine
                        ? postbox.handOver(letter)
                                .invoke(handOver -> places.ended(round, handOver))
                                // What fails from here on must not pass for a failure before the dialogue: the mail may be out.
                                .onFailure()
                                .recoverWithItem(failure -> new HandOver.Unknown("its end could not be judged: " + failure))
                                .map(handOver -> new Ended(outcome(lease, delivery, handOver, unknownBefore), Optional.of(handOver)))
                        : end(new Ended(new Outcome.Moot()))));
    }

    /** What a dialogue's end means for the report. */
    private Outcome outcome(Lease lease, Deliveries.Begun delivery, HandOver handOver, boolean unknownBefore) {
        return switch (handOver) {
            case HandOver.Accepted _, HandOver.Rejected _ -> new Outcome.HandedOver(handOver);
            case HandOver.Deferred deferred -> deferred(delivery, deferred.reply());
            case HandOver.Unknown unknown -> unknownBefore || config.onUnknown() == OnUnknown.HOLD
                    ? new Outcome.Unknown(unknown.reply())
                    : retries.pauseAfter(lease.attempt())
                            .<Outcome>map(pause -> new Outcome.AgainAfterUnknown(unknown.reply(), pause))
                            .orElseGet(() -> new Outcome.Unknown(unknown.reply()));
        };
    }

    /** The mail server's word, so no failure of ours: bounded in time, and not by the attempts. */
    private Outcome deferred(Deliveries.Begun delivery, String reply) {
        var dialogues = delivery.attempts() + 1;
        var lasted = Duration.between(delivery.since(), clock.instant());
        return lasted.compareTo(config.deferFor()) < 0
                ? new Outcome.Deferred(reply, dialogues, retries.backoff(dialogues))
                : new Outcome.Failed("deferred for %d h %d min, %d times, in the end: %s".formatted(
                        lasted.toHours(), lasted.toMinutesPart(), dialogues, reply));
    }

    /** The dialogue itself never fails, so nothing was said to the mail server in this attempt; in an earlier one perhaps. */
    private Outcome beforeTheDialogue(Lease lease, Throwable failure) {
        var reason = FailureReason.of(failure);
        var pause = failure instanceof MailComposer.TooLarge ? Optional.<Duration>empty() : retries.pauseAfter(lease.attempt());
        return pause.map(until -> putOff(lease, reason, until))
                .orElseGet(() -> lease.handingOver() ? new Outcome.Unknown(reason) : new Outcome.Failed(reason));
    }

    /** The mark of a dialogue that nobody saw the end of stays until somebody has judged it. */
    private static Outcome putOff(Lease lease, String reason, Duration pause) {
        return lease.handingOver() ? new Outcome.AgainAfterUnknown(reason, pause) : new Outcome.Again(reason, pause);
    }

    private static Ended unseen(String reason) {
        return new Ended(new Outcome.Unknown(reason), Optional.of(new HandOver.Unknown(reason)));
    }

    private static Uni<Ended> end(Ended ended) {
        return Uni.createFrom().item(ended);
    }

    private Finished finished(Lease lease, Optional<ReportTask> report, Instant startedAt, Ended ended) {
        return new Finished(lease, report, startedAt, clock.instant(), ended.outcome(), ended.handOver());
    }

    private record Ended(Outcome outcome, Optional<HandOver> handOver) {
        Ended(Outcome outcome) {
            this(outcome, Optional.empty());
        }
    }
}
