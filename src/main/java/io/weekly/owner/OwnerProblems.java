package io.weekly.owner;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.owner.LetterEnds.End;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/** Bounces of letters that come after the mail server has taken them, as a notification or as an event of the mail provider. */
@ApplicationScoped
public class OwnerProblems {

    private final SentLetters sent;
    private final OwnerMails mails;
    private final AddressProblems problems;
    private final Fallbacks fallbacks;
    private final LetterAudit audit;
    private final OwnerEvents events;
    private final Clock clock;

    OwnerProblems(
            SentLetters sent, OwnerMails mails, AddressProblems problems, Fallbacks fallbacks, LetterAudit audit, OwnerEvents events,
            Clock clock) {
        this.sent = sent;
        this.mails = mails;
        this.problems = problems;
        this.fallbacks = fallbacks;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A letter bounced, and its address is at fault. The letter goes to the fallback address of the tenant. If it bounced there, it ends. A
     * bounce that is reported again changes nothing.
     *
     * @param transaction the caller's
     * @param messageId of the mail that bounced, with its angle brackets
     * @param recipients the addresses that bounced; empty if nobody said, which means the letter's
     * @param reason what the mail system said; shortened here
     * @param at when the mail system said it; a time in the future counts as now
     * @return false if no letter of the last 30 days has this Message-ID and one of the recipients
     */
    public Uni<Boolean> bounced(SqlClient transaction, String messageId, List<String> recipients, String reason, Instant at) {
        return ended(transaction, messageId, recipients, at, (letter, when) -> bounced(transaction, letter, reason, when));
    }

    /**
     * A letter did not arrive, and its address is not at fault, so it goes nowhere else: the fallback address would be refused as well. The
     * owner is not told. The parameters and the result are as above.
     */
    Uni<Boolean> refused(SqlClient transaction, String messageId, List<String> recipients, String reason, Instant at) {
        return ended(transaction, messageId, recipients, at, (letter, _) -> audit.notTold(transaction, letter, reason)
                .invoke(() -> events.notTold(letter)));
    }

    private Uni<Boolean> ended(
            SqlClient transaction, String messageId, List<String> recipients, Instant at, BiFunction<Letter, Instant, Uni<Void>> end) {
        var now = clock.instant();
        var when = at.isAfter(now) ? now : at;
        return sent.bounced(transaction, messageId, recipients, when).flatMap(found -> {
            if (found.isEmpty() || found.get().bounced()) {
                return Uni.createFrom().item(found.isPresent());
            }
            return end.apply(found.get().letter(), when).replaceWith(true);
        });
    }

    private Uni<Void> bounced(SqlClient transaction, Letter letter, String reason, Instant at) {
        return audit.bounced(transaction, letter, reason, true)
                .flatMap(_ -> letter.toFallback()
                        ? audit.notTold(transaction, letter, reason).replaceWith(End.FALLBACK_BOUNCED)
                        : problems.note(transaction, letter.tenantId(), letter.address(), reason, at, true)
                                .flatMap(_ -> redirect(transaction, letter, reason)))
                .invoke(end -> tell(letter, end))
                .replaceWithVoid();
    }

    private Uni<End> redirect(SqlClient transaction, Letter letter, String reason) {
        return fallbacks.of(transaction, letter).flatMap(fallback -> fallback
                .map(address -> mails.post(
                                transaction, letter.tenantId(), letter.id(), letter.kind(), address, letter.address(), letter.subject(),
                                Fallbacks.body(letter, reason))
                        .replaceWith(End.REDIRECTED))
                .orElseGet(() -> audit.notTold(transaction, letter, reason).replaceWith(End.NOT_TOLD)));
    }

    private void tell(Letter letter, End end) {
        switch (end) {
            case REDIRECTED -> events.redirected(letter);
            case FALLBACK_BOUNCED -> events.fallbackBounced(letter);
            case NOT_TOLD -> events.notTold(letter);
            case SENT, NONE -> {}
        }
    }
}
