package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.MailSender;
import io.weekly.delivery.OutgoingMail;
import io.weekly.delivery.SendRate;
import io.weekly.delivery.SendRate.SendTime;
import io.weekly.report.DeliveryMode;
import io.weekly.worker.BeginHandOver.Begun;
import io.weekly.worker.MailComposer.Composed;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * One dialogue with the mail server: checks that the recipient's domain takes mails from us, composes the mail, takes a send time, commits
 * shortly before it that the hand-over begins, and hands the mail over at that time. So the time that the commit and the connection take
 * does not move a mail to another second than that of its send time.
 */
@ApplicationScoped
class MailDialogue {

    private final MailComposer composer;
    private final SendRate sendRate;
    private final BeginHandOver beginHandOver;
    private final MailSender sender;
    private final DeliverSlots slots;
    private final DeliveryPolicy policy;
    private final DomainGate gate;

    MailDialogue(
            MailComposer composer, SendRate sendRate, BeginHandOver beginHandOver, MailSender sender, DeliverSlots slots,
            DeliveryPolicy policy, DomainGate gate) {
        this.composer = composer;
        this.sendRate = sendRate;
        this.beginHandOver = beginHandOver;
        this.sender = sender;
        this.slots = slots;
        this.policy = policy;
        this.gate = gate;
    }

    /** What the end of the dialogue means, or the reason why it did not begin. Fails only if it did not begin. */
    Uni<Outcome> send(DeliveryAttempt attempt) {
        return gate.pass(attempt, probe -> composer.compose(attempt.report(), attempt.delivery())
                .flatMap(mail -> sendRate.take().flatMap(time -> gate.pausedMeanwhile(attempt, probe)
                        .orElseGet(() -> begin(attempt, mail, time)))));
    }

    private Uni<Outcome> begin(DeliveryAttempt attempt, Composed mail, SendTime time) {
        return beginHandOver.commit(attempt, mail).flatMap(begun -> switch (begun) {
            case Begun.Now _ -> handOver(mail.mail(), time, attempt.round()).flatMap(handOver -> afterDialogue(attempt, mail, handOver));
            case Begun.LeaseLost _ -> Uni.createFrom().item(new Outcome.NothingToDo());
            case Begun.MailedByAnotherRun _ -> Uni.createFrom().item(policy.mailedByAnotherRun(attempt));
            case Begun.AnotherRunIsMailing _ -> Uni.createFrom().item(policy.anotherRunIsMailing());
        });
    }

    private Uni<Outcome> afterDialogue(DeliveryAttempt attempt, Composed mail, HandOver handOver) {
        var outcome = afterReply(attempt, mail, handOver);
        // Nothing was sent, and there was no dialogue.
        return handOver instanceof HandOver.NoSendTime ? beginHandOver.undo(attempt).chain(() -> outcome) : outcome;
    }

    /** A mail that is too large with its files is sent at once with a link in their place, in a dialogue of its own. */
    private Uni<Outcome> afterReply(DeliveryAttempt attempt, Composed mail, HandOver handOver) {
        return handOver instanceof HandOver.TooLarge tooLarge && mail.mode() != DeliveryMode.LINK
                ? composer.composeWithLink(attempt.report(), attempt.delivery()).flatMap(smaller -> smaller.isEmpty()
                        ? Uni.createFrom().item(policy.afterDialogue(attempt, tooLarge))
                        : sendRate.take()
                                .flatMap(time -> begin(attempt.withNextDialogue(), smaller.get(), time))
                                .map(outcome -> DeliveryPolicy.afterSecondDialogue(outcome, tooLarge)))
                        // Only what comes before the second dialogue can fail. The reply of the first one is not lost.
                        .onFailure()
                        .recoverWithItem(failure -> policy.afterTooLarge(attempt, tooLarge, failure))
                : Uni.createFrom().item(policy.afterDialogue(attempt, handOver));
    }

    private Uni<HandOver> handOver(OutgoingMail mail, SendTime time, int round) {
        return sender.handOver(mail, time)
                .invoke(handOver -> slots.dialogueEnded(round, handOver))
                // The dialogue has begun, so the mail may have been sent. Therefore a failure is an unknown outcome here.
                .onFailure()
                .recoverWithItem(failure -> new HandOver.Unknown("its end could not be judged: " + failure));
    }
}
