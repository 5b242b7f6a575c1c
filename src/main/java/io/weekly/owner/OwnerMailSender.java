package io.weekly.owner;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.database.AwayRetry;
import io.weekly.database.FailureIsolation;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.SendRate;
import io.weekly.delivery.SendRate.SendTime;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.owner.LetterEnds.End;
import io.weekly.queue.RetryPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Sends the letters to owners. If the mail server defers a letter or its answer is lost, the letter is sent again with the same Message-ID.
 * If the server rejects it, it goes to the fallback address of the tenant once, or is given up. A deferral does not count as an attempt
 * until {@code weekly.delivery.defer-for} has passed, as with a report: the deadline may have been missed because the mail server is
 * unavailable.
 */
@ApplicationScoped
class OwnerMailSender {

    private static final int BATCH = 50;
    /** Time to store the outcome of the longest possible dialogue before another process may try the mail. */
    private static final Duration MARGIN = SendRate.MAX_WAIT.plusSeconds(15);

    private final OwnerMails mails;
    private final LetterEnds ends;
    private final SendRate sendRate;
    private final LetterHandOver server;
    private final DeliveryConfig config;
    private final RetryPolicy retries;
    private final OwnerEvents events;

    OwnerMailSender(
            OwnerMails mails,
            LetterEnds ends,
            SendRate sendRate,
            LetterHandOver server,
            DeliveryConfig config,
            RetryPolicy retries,
            OwnerEvents events) {
        this.mails = mails;
        this.ends = ends;
        this.sendRate = sendRate;
        this.server = server;
        this.config = config;
        this.retries = retries;
        this.events = events;
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

    private Uni<Void> send(Letter letter) {
        var sent = sendRate.take()
                .flatMap(time -> mails.take(letter, config.timeout().plus(MARGIN))
                        .flatMap(taken -> taken.isPresent() ? attempt(taken.get(), time) : Uni.createFrom().voidItem()));
        // A failed letter is due again when the time for this attempt is over.
        return FailureIsolation.isolate(sent, failure -> events.letterFailed(letter, failure));
    }

    private Uni<Void> attempt(Letter letter, SendTime time) {
        if (retries.isPast(letter.attempt())) {
            return told(letter, ends.givenUp(letter, "%d processes died while they sent it".formatted(letter.attempt() - 1)));
        }
        return server.handOver(letter, time)
                // If the reply were not written, the letter would be sent again.
                .flatMap(handOver -> AwayRetry.retry(Uni.createFrom().deferred(() -> write(letter, handOver))));
    }

    private Uni<Void> write(Letter letter, HandOver handOver) {
        return switch (handOver) {
            case HandOver.Accepted _ -> told(letter, ends.told(letter));
            case HandOver.Rejected rejected -> told(letter, ends.bounced(letter, rejected.reply()));
            // A letter has no files, so a smaller one cannot be made.
            case HandOver.TooLarge large -> told(letter, ends.givenUp(letter, large.reply()));
            case HandOver.NotTried untried -> told(letter, ends.givenUp(letter, untried.reply()));
            case HandOver.Deferred deferred -> mails.waited(letter).compareTo(config.deferFor()) >= 0
                    ? told(letter, tooLate(letter, deferred))
                    : mails.defer(letter, retries.maxBackoff());
            case HandOver.NoSendTime _ -> mails.defer(letter, SendRate.MAX_WAIT);
            // The letter may have been sent. It is better to send it twice than not at all, and both have the same Message-ID.
            case HandOver.Unknown unknown -> retries.pauseAfter(letter.attempt())
                    .map(pause -> mails.retry(letter, pause))
                    .orElseGet(() -> told(letter, ends.givenUp(letter, unknown.reply())));
        };
    }

    /** If the mailbox is full, another address may work. If we are refused, or the mail server is away, it would not. */
    private Uni<End> tooLate(Letter letter, HandOver.Deferred deferred) {
        return deferred.about() == ReplyClass.MAILBOX_FULL
                ? ends.bounced(letter, deferred.reply())
                : ends.givenUp(letter, deferred.reply());
    }

    private Uni<Void> told(Letter letter, Uni<End> end) {
        return end.invoke(how -> {
                    switch (how) {
                        case SENT -> events.sent();
                        case REDIRECTED -> events.redirected(letter);
                        case NOT_TOLD -> events.notTold(letter);
                        case FALLBACK_BOUNCED -> events.fallbackBounced(letter);
                        case NONE -> {}
                    }
                })
                .replaceWithVoid();
    }
}
