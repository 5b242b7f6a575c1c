package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.MailSender;
import io.weekly.delivery.OutgoingMail;
import io.weekly.delivery.SendRate;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * One dialogue with the mail server: composes the mail, waits for the send rate, commits that the hand-over begins, and hands the mail
 * over.
 */
@ApplicationScoped
class MailDialogue {

    private final MailComposer composer;
    private final SendRate sendRate;
    private final BeginHandOver beginHandOver;
    private final MailSender sender;
    private final DeliverSlots slots;

    MailDialogue(MailComposer composer, SendRate sendRate, BeginHandOver beginHandOver, MailSender sender, DeliverSlots slots) {
        this.composer = composer;
        this.sendRate = sendRate;
        this.beginHandOver = beginHandOver;
        this.sender = sender;
        this.slots = slots;
    }

    /** How the dialogue ended; empty if the lease was lost before it began. Fails only if it did not begin. */
    Uni<Optional<HandOver>> send(DeliveryAttempt attempt) {
        return composer.compose(attempt.report(), attempt.delivery().messageId())
                .call(sendRate::await)
                .flatMap(mail -> beginHandOver.commit(attempt, mail).flatMap(valid -> valid
                        ? handOver(mail, attempt.round()).map(Optional::of)
                        : Uni.createFrom().item(Optional.empty())));
    }

    private Uni<HandOver> handOver(OutgoingMail mail, int round) {
        return sender.handOver(mail)
                .invoke(handOver -> slots.dialogueEnded(round, handOver))
                // The dialogue has begun, so the mail may have been sent. Therefore a failure is an unknown outcome here.
                .onFailure()
                .recoverWithItem(failure -> new HandOver.Unknown("its end could not be judged: " + failure));
    }
}
