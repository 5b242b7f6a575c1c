package io.weekly.worker;

import io.weekly.delivery.Deliveries;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.DeliveryConfig.OnUnknown;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.MailDomains.Admission;
import io.weekly.delivery.SendRate;
import io.weekly.queue.Lease;
import io.weekly.queue.RetryPolicy;
import io.weekly.report.ReportStatus;
import io.weekly.store.encryption.CorruptFileException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides the outcome of a delivery: before a dialogue with the mail server, after it, and after a failure. */
@ApplicationScoped
class DeliveryPolicy {

    /** How long the stage waits for a dialogue of another run. */
    private static final Duration OTHER_DIALOGUE = Duration.ofSeconds(15);

    /** How long a mail waits that had no send time. */
    private static final Duration SEND_TIME = SendRate.MAX_WAIT;

    private final RetryPolicy retries;
    private final DeliveryConfig config;
    private final Clock clock;

    DeliveryPolicy(RetryPolicy retries, DeliveryConfig config, Clock clock) {
        this.retries = retries;
        this.config = config;
        this.clock = clock;
    }

    /** How the delivery ends without a dialogue; empty if the mail is to be sent. */
    Optional<Outcome> endWithoutMail(DeliveryAttempt attempt, Instant now) {
        var lease = attempt.lease();
        if (lease.handingOver() && (attempt.delivery().unknownBefore() || config.onUnknown() == OnUnknown.HOLD)) {
            // The mail may have been sent twice already, so the service does not send it again by itself.
            return Optional.of(unseen("nobody saw the end of an earlier dialogue with the mail server"));
        }
        var unwanted = Unwanted.outcome(attempt.report(), now);
        if (unwanted.isPresent()) {
            return Optional.of(endedWithoutMail(attempt, unwanted.get()));
        }
        if (retries.isPast(lease.attempt())) {
            var reason = "no worker survived delivering it, %d times".formatted(lease.attempt() - 1);
            return Optional.of(lease.handingOver() ? unseen(reason) : Outcome.failed(reason));
        }
        return Optional.empty();
    }

    /** How a report ends that may not be mailed any more. If an earlier dialogue may have sent the mail, nobody knows. */
    Outcome endedWithoutMail(DeliveryAttempt attempt, Outcome.Ended ended) {
        return attempt.lease().handingOver() ? unseen(ended.why() + ", and nobody saw the end of an earlier dialogue") : ended;
    }

    /** Another run has mailed the report of this week. */
    Outcome mailedByAnotherRun(DeliveryAttempt attempt) {
        var reason = "another run has mailed this week's report to the recipient already";
        return attempt.lease().handingOver() ? unseen(reason + ", and nobody saw the end of an earlier dialogue") : Outcome.skipped(reason);
    }

    /** When the other dialogue has ended, the stage decides again. */
    Outcome anotherRunIsMailing() {
        return Outcome.Retry.notBegun("another run may be mailing this week's report to the recipient", OTHER_DIALOGUE);
    }

    /** The end of an earlier dialogue is unknown, and the mail is not sent again. The record of the delivery gets the same outcome. */
    private static Outcome unseen(String reason) {
        return new Outcome.Ended(ReportStatus.UNKNOWN, reason, new HandOver.Unknown(reason));
    }

    /** What the end of a dialogue means for the report. */
    Outcome afterDialogue(DeliveryAttempt attempt, HandOver handOver) {
        return switch (handOver) {
            case HandOver.Accepted _, HandOver.Rejected _ -> new Outcome.HandedOver(handOver);
            case HandOver.TooLarge tooLarge -> new Outcome.Ended(ReportStatus.FAILED, tooLarge.reply(), tooLarge);
            case HandOver.NotTried notTried -> new Outcome.Ended(ReportStatus.FAILED, notTried.reply(), notTried);
            case HandOver.Deferred deferred -> afterDeferral(attempt.delivery(), deferred);
            case HandOver.NoSendTime none -> noSendTime(none);
            case HandOver.Unknown unknown -> afterUnknown(attempt, unknown);
        };
    }

    /** The server refused the mail with its files as too large, and then the mail with a link could not be sent for another reason. */
    Outcome afterTooLarge(DeliveryAttempt attempt, HandOver.TooLarge tooLarge, Throwable failure) {
        var reason = "%s; a mail with a link could not be sent: %s".formatted(tooLarge.reply(), FailureReason.of(failure));
        var pause = failure instanceof CorruptFileException ? Optional.<Duration>empty() : retries.pauseAfter(attempt.lease().attempt());
        return pause.<Outcome>map(left -> new Outcome.Retry(RetryCause.FAILURE, reason, left, 0, tooLarge))
                .orElseGet(() -> new Outcome.Ended(ReportStatus.FAILED, reason, tooLarge));
    }

    /** The second dialogue, for the mail with a link, may not have begun. Then the reply of the first one is that of this attempt. */
    static Outcome afterSecondDialogue(Outcome outcome, HandOver.TooLarge first) {
        return switch (outcome) {
            case Outcome.Ended ended when ended.dialogue() == null ->
                new Outcome.Ended(ended.end(), "%s; before that: %s".formatted(ended.why(), first.reply()), first);
            case Outcome.Retry retry when retry.dialogue() == null ->
                new Outcome.Retry(retry.cause(), retry.why(), retry.pause(), retry.dialogues(), first);
            default -> outcome;
        };
    }

    /** The processes have more mails than the send rate allows. That is no deferral: no server has said anything. */
    private static Outcome noSendTime(HandOver.NoSendTime none) {
        return Outcome.Retry.notBegun(none.reply(), SEND_TIME);
    }

    /** A deferral is a decision of the mail server and not a failure on our side. So deferrals are limited in time and not in attempts. */
    private Outcome afterDeferral(Deliveries.Delivery delivery, HandOver.Deferred deferred) {
        var dialogues = delivery.attempts() + 1;
        var lasted = Duration.between(delivery.since(), clock.instant());
        if (lasted.compareTo(config.deferFor()) < 0) {
            return Outcome.Retry.afterDeferral(deferred, dialogues, retries.backoff(dialogues));
        }
        var reason = "deferred for %d h %d min, %d times, in the end: %s".formatted(
                lasted.toHours(), lasted.toMinutesPart(), dialogues, deferred.reply());
        return new Outcome.Ended(ReportStatus.FAILED, reason, deferred);
    }

    /** The domain of the recipient is paused or limited, so there is no dialogue now. The time for deferrals goes on. */
    Outcome whileDomainWaits(DeliveryAttempt attempt, Admission.Wait wait) {
        var waited = Duration.between(attempt.delivery().since(), clock.instant());
        if (waited.compareTo(config.deferFor()) < 0) {
            return Outcome.Retry.putOffByDomain(wait.reason(), retries.spread(wait.pause(), waited));
        }
        var reason = "not sent for %d h %d min, in the end: %s".formatted(waited.toHours(), waited.toMinutesPart(), wait.reason());
        return attempt.lease().handingOver()
                ? unseen(reason + ", and nobody saw the end of an earlier dialogue")
                : new Outcome.Ended(ReportStatus.FAILED, reason, new HandOver.NotTried(wait.reason(), wait.about()));
    }

    private Outcome afterUnknown(DeliveryAttempt attempt, HandOver.Unknown unknown) {
        var held = new Outcome.Ended(ReportStatus.UNKNOWN, unknown.reply(), unknown);
        if (attempt.mailMayBeOut() || config.onUnknown() == OnUnknown.HOLD) {
            return held;
        }
        return retries.pauseAfter(attempt.lease().attempt())
                .<Outcome>map(pause -> Outcome.Retry.afterUnknown(unknown.reply(), pause, unknown))
                .orElse(held);
    }

    /**
     * What a failure means for the report. Only steps before the dialogue can fail, so this attempt has not sent the mail. An earlier
     * attempt may have sent it. Then its mark stays on the job until an attempt decides what it means.
     */
    Outcome afterFailure(Lease lease, Throwable failure) {
        var reason = FailureReason.of(failure);
        var isFinal = failure instanceof MailComposer.TooLarge || failure instanceof CorruptFileException;
        var pause = isFinal ? Optional.<Duration>empty() : retries.pauseAfter(lease.attempt());
        if (lease.handingOver()) {
            return pause.<Outcome>map(left -> Outcome.Retry.afterUnknown(reason, left, null)).orElseGet(() -> Outcome.unknown(reason));
        }
        return pause.<Outcome>map(left -> Outcome.Retry.afterFailure(reason, left)).orElseGet(() -> Outcome.failed(reason));
    }
}
