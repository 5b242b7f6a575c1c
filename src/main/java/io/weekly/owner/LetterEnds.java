package io.weekly.owner;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.weekly.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.function.Function;

/**
 * How a letter ends: the mail server took it, or refused its address, or it was given up. Each end is one transaction with its audit event.
 * If another process has ended the letter, or a transfer has given it to another owner, nothing changes.
 */
@ApplicationScoped
class LetterEnds {

    private final Database database;
    private final OwnerMails mails;
    private final SentLetters sent;
    private final AddressProblems problems;
    private final Fallbacks fallbacks;
    private final LetterAudit audit;
    private final Clock clock;

    LetterEnds(
            Database database, OwnerMails mails, SentLetters sent, AddressProblems problems, Fallbacks fallbacks, LetterAudit audit,
            Clock clock) {
        this.database = database;
        this.mails = mails;
        this.sent = sent;
        this.problems = problems;
        this.fallbacks = fallbacks;
        this.audit = audit;
        this.clock = clock;
    }

    /** What became of a letter. */
    enum End {
        /** Nothing: it has ended before, or goes to another owner now. */
        NONE,
        SENT,
        /** The address of the owner bounced, and the letter goes to the fallback address. */
        REDIRECTED,
        /** Nobody gets it. */
        NOT_TOLD,
        /** The address of the owner and the fallback address bounced: nobody gets it, and it is not redirected again. */
        FALLBACK_BOUNCED
    }

    /** The mail server took the letter. */
    Uni<End> told(Letter letter) {
        return ended(letter, End.SENT, transaction -> sent.add(transaction, letter)
                .flatMap(_ -> letter.toFallback()
                        ? Uni.createFrom().voidItem()
                        : problems.accepted(transaction, letter.tenantId(), letter.address()))
                .flatMap(_ -> audit.told(transaction, letter)));
    }

    /** The letter is given up for a reason that is not about its address. */
    Uni<End> givenUp(Letter letter, String reason) {
        return ended(letter, End.NOT_TOLD, transaction -> audit.notTold(transaction, letter, reason));
    }

    private Uni<End> ended(Letter letter, End end, Function<SqlConnection, Uni<Void>> change) {
        return database.transaction(transaction -> mails.delete(transaction, letter)
                .flatMap(deleted -> deleted ? change.apply(transaction).replaceWith(end) : Uni.createFrom().item(End.NONE)));
    }

    /** The mail system refused the address for good. */
    Uni<End> bounced(Letter letter, String reason) {
        if (letter.toFallback()) {
            return ended(letter, End.FALLBACK_BOUNCED, transaction -> audit.bounced(transaction, letter, reason, false)
                    .flatMap(_ -> audit.notTold(transaction, letter, reason)));
        }
        return database.transaction(transaction -> fallbacks.of(transaction, letter).flatMap(fallback -> fallback
                .map(address -> redirect(transaction, letter, address, reason))
                .orElseGet(() -> giveUp(transaction, letter, reason))));
    }

    private Uni<End> redirect(SqlConnection transaction, Letter letter, String fallback, String reason) {
        return mails.redirect(transaction, letter, fallback, Fallbacks.body(letter, reason)).flatMap(redirected -> redirected
                ? noted(transaction, letter, reason).replaceWith(End.REDIRECTED)
                : Uni.createFrom().item(End.NONE));
    }

    private Uni<End> giveUp(SqlConnection transaction, Letter letter, String reason) {
        return mails.delete(transaction, letter).flatMap(deleted -> deleted
                ? noted(transaction, letter, reason).flatMap(_ -> audit.notTold(transaction, letter, reason)).replaceWith(End.NOT_TOLD)
                : Uni.createFrom().item(End.NONE));
    }

    private Uni<Void> noted(SqlConnection transaction, Letter letter, String reason) {
        return problems.note(transaction, letter.tenantId(), letter.address(), reason, clock.instant(), false)
                .flatMap(_ -> audit.bounced(transaction, letter, reason, false));
    }
}
