package io.weekly.run;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.database.AwayRetry;
import io.weekly.database.FailureIsolation;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.MailSender;
import io.weekly.delivery.SendRate;
import io.weekly.queue.RetryPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends the mails that tell owners about a missed deadline or late data. If the mail server defers a mail or its answer is lost, the mail
 * is sent again with the same Message-ID. If the server rejects it, the mail is given up. A deferral does not count as an attempt until
 * {@code weekly.delivery.defer-for} has passed, as with a report: the deadline may have been missed because the mail server is unavailable.
 */
@ApplicationScoped
class OwnerMailSender {

    private static final int BATCH = 50;
    /** Time to store the outcome of the longest possible dialogue before another process may try the mail. */
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private final OwnerMails mails;
    private final SendRate sendRate;
    private final MailSender mailSender;
    private final DeliveryConfig config;
    private final RetryPolicy retries;
    private final RunEvents events;
    private final Clock clock;

    OwnerMailSender(
            OwnerMails mails,
            SendRate sendRate,
            MailSender mailSender,
            DeliveryConfig config,
            RetryPolicy retries,
            RunEvents events,
            Clock clock) {
        this.mails = mails;
        this.sendRate = sendRate;
        this.mailSender = mailSender;
        this.config = config;
        this.retries = retries;
        this.events = events;
        this.clock = clock;
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> send() {
        return mails.due(BATCH)
                .onItem()
                .transformToMulti(due -> Multi.createFrom().iterable(due))
                .onItem()
                .transformToUniAndConcatenate(this::send)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> send(OwnerMail mail) {
        var sent = sendRate.await()
                .flatMap(_ -> mails.take(mail, config.timeout().plus(MARGIN)))
                .flatMap(taken -> taken.isPresent() ? attempt(taken.get()) : Uni.createFrom().voidItem());
        // A failed mail is due again when the time for this attempt is over.
        return FailureIsolation.isolate(sent, failure -> events.ownerMailFailed(mail, failure));
    }

    private Uni<Void> attempt(OwnerMail mail) {
        if (retries.isPast(mail.attempt())) {
            return giveUp(mail, "%d processes died while they sent it".formatted(mail.attempt() - 1));
        }
        return mailSender.handOver(mail.toOutgoingMail(config))
                // If the reply were not written, the mail would be sent again.
                .flatMap(handOver -> AwayRetry.retry(Uni.createFrom().deferred(() -> write(mail, handOver))));
    }

    private Uni<Void> write(OwnerMail mail, HandOver handOver) {
        return switch (handOver) {
            case HandOver.Accepted _ -> mails.end(mail, Optional.empty()).replaceWithVoid();
            case HandOver.Rejected rejected -> giveUp(mail, rejected.reply());
            case HandOver.TooLarge tooLarge -> giveUp(mail, tooLarge.reply());
            case HandOver.NotTried _ -> mails.defer(mail, retries.maxBackoff());
            case HandOver.Deferred deferred -> Duration.between(mail.since(), clock.instant()).compareTo(config.deferFor()) < 0
                    ? mails.defer(mail, retries.maxBackoff())
                    : giveUp(mail, deferred.reply());
            // The mail may have been sent. It is better to send it twice than not at all, and both mails have the same Message-ID.
            case HandOver.Unknown unknown -> retries.pauseAfter(mail.attempt())
                    .map(pause -> mails.retry(mail, pause))
                    .orElseGet(() -> giveUp(mail, unknown.reply()));
        };
    }

    private Uni<Void> giveUp(OwnerMail mail, String reason) {
        return mails.end(mail, Optional.of(reason))
                .invoke(ended -> {
                    if (ended) {
                        events.ownerNotTold(mail);
                    }
                })
                .replaceWithVoid();
    }
}
