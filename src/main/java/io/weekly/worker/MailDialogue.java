package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.MailSender;
import io.weekly.delivery.OutgoingMail;
import io.weekly.delivery.SendRate;
import io.weekly.delivery.SendRate.SendTime;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.worker.BeginHandOver.Begun;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * One dialogue with the mail server: composes the mail, takes a send time, commits shortly before it that the hand-over begins, and hands
 * the mail over at that time. So the time that the commit takes does not move a mail to another second than that of its send time.
 */
@ApplicationScoped
class MailDialogue {

    private final MailComposer composer;
    private final SendRate sendRate;
    private final BeginHandOver beginHandOver;
    private final MailSender sender;
    private final DeliverSlots slots;
    private final DeliveryPolicy policy;

    MailDialogue(
            MailComposer composer, SendRate sendRate, BeginHandOver beginHandOver, MailSender sender, DeliverSlots slots,
            DeliveryPolicy policy) {
        this.composer = composer;
        this.sendRate = sendRate;
        this.beginHandOver = beginHandOver;
        this.sender = sender;
        this.slots = slots;
        this.policy = policy;
    }

    /** What the end of the dialogue means, or the reason why it did not begin. Fails only if it did not begin. */
    Uni<Outcome> send(DeliveryAttempt attempt) {
        return composer.compose(attempt.report(), attempt.delivery())
                .flatMap(mail -> sendRate.take().flatMap(time -> send(attempt, mail, time)));
    }

    private Uni<Outcome> send(DeliveryAttempt attempt, OutgoingMail mail, SendTime time) {
        return beginHandOver.commit(attempt, mail).flatMap(begun -> switch (begun) {
            case Begun.Now _ -> atTime(time, mail, attempt.round()).map(handOver -> policy.afterDialogue(attempt, handOver));
            case Begun.LeaseLost _ -> Uni.createFrom().item(new Outcome.NothingToDo());
            case Begun.MailedByAnotherRun _ -> Uni.createFrom().item(policy.mailedByAnotherRun(attempt));
            case Begun.AnotherRunIsMailing _ -> Uni.createFrom().item(policy.anotherRunIsMailing());
        });
    }

    /** Whatever keeps the mail from its send time: nothing was sent. */
    private Uni<HandOver> atTime(SendTime time, OutgoingMail mail, int round) {
        return sendRate.await(time)
                .onFailure()
                .recoverWithItem(false)
                .flatMap(come -> come
                        ? handOver(mail, round)
                        : Uni.createFrom().item(new HandOver.Deferred(
                                "the mail had no send time in time", HandOver.Sign.NONE, ReplyClass.TEMPORARY)));
    }

    private Uni<HandOver> handOver(OutgoingMail mail, int round) {
        return sender.handOver(mail)
                .invoke(handOver -> slots.dialogueEnded(round, handOver))
                // The dialogue has begun, so the mail may have been sent. Therefore a failure is an unknown outcome here.
                .onFailure()
                .recoverWithItem(failure -> new HandOver.Unknown("its end could not be judged: " + failure));
    }
}
