package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.MailSender;
import io.weekly.delivery.OutgoingMail;
import io.weekly.delivery.SendRate;
import io.weekly.worker.BeginHandOver.Begun;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * One dialogue with the mail server: checks that the recipient's domain takes mails from us, composes the mail, waits for the send rate,
 * commits that the hand-over begins, and hands the mail over.
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
                .call(sendRate::await)
                .flatMap(mail -> gate.pausedMeanwhile(attempt, probe).orElseGet(() -> begin(attempt, mail))));
    }

    private Uni<Outcome> begin(DeliveryAttempt attempt, OutgoingMail mail) {
        return beginHandOver.commit(attempt, mail).flatMap(begun -> switch (begun) {
            case Begun.Now _ -> handOver(mail, attempt.round()).map(handOver -> policy.afterDialogue(attempt, handOver));
            case Begun.LeaseLost _ -> Uni.createFrom().item(new Outcome.NothingToDo());
            case Begun.MailedByAnotherRun _ -> Uni.createFrom().item(policy.mailedByAnotherRun(attempt));
            case Begun.AnotherRunIsMailing _ -> Uni.createFrom().item(policy.anotherRunIsMailing());
        });
    }

    private Uni<HandOver> handOver(OutgoingMail mail, int round) {
        return sender.handOver(mail)
                .invoke(handOver -> slots.dialogueEnded(round, handOver))
                // The dialogue has begun, so the mail may have been sent. Therefore a failure is an unknown outcome here.
                .onFailure()
                .recoverWithItem(failure -> new HandOver.Unknown("its end could not be judged: " + failure));
    }
}
