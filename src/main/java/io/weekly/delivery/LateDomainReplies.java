package io.weekly.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Utc;
import io.weekly.delivery.DomainReplies.Change;
import io.weekly.delivery.DomainReplies.Known;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Counts what domains say after the dialogue, in notifications and in events of providers, and what an accepted dialogue means for a domain
 * that has refused us so. Then a relay accepts the mails, and the domain refuses them later. The rules:
 *
 * <ul>
 * <li>Late refusals count like those in dialogues: {@link DomainReplies#REFUSALS} in a row pause the domain.
 * <li>A notification that a mail arrived sets the count back, and opens a paused domain. Many relays send none. So the count also begins
 *     anew if the relay has taken more than {@link #TAKEN_FOR_EACH} mails for each refusal since the first one: then the domain refuses
 *     some mails and not us.
 * <li>A paused domain gets one probe after each pause, and the pause doubles. It is open again if the relay takes a probe after it took one
 *     before, and no refusal has come between them. So the answer to a probe may come as late as the next probe.
 * </ul>
 */
@ApplicationScoped
public class LateDomainReplies {

    /** So many mails that the relay took, and that were not refused so far, are stronger than one refusal. */
    static final int TAKEN_FOR_EACH = 10;

    /** An older mail says nothing about the domain of today. So a reader cannot pause a domain with forged notifications of old mails. */
    private static final Duration MAX_AGE = Duration.ofDays(1);

    private final DomainReplies domains;

    LateDomainReplies(DomainReplies domains) {
        this.domains = domains;
    }

    /**
     * The domain of the address refused the sender after the dialogue. Nothing is counted if the mail is older than a day.
     *
     * @param sentAt the end of the dialogue
     * @return what changed for the domain: it is paused now, or nothing
     */
    public Uni<List<Change>> refused(SqlClient transaction, String address, String reply, Instant sentAt, Instant at) {
        return isOld(sentAt, at)
                ? Uni.createFrom().item(List.of())
                : domains.recordAll(transaction, List.of(DomainStreak.refusedLate(DomainReplies.domain(address), reply, at)));
    }

    private static boolean isOld(Instant sentAt, Instant at) {
        return sentAt.isBefore(at.minus(MAX_AGE));
    }

    private static final String PAUSED_SINCE =
            """
            SELECT domain
            FROM mail_domain
            WHERE domain = ? AND paused_at > ?""";

    /**
     * A mail to the address arrived. Events come in any order, so one about a mail that was sent before the pause does not end it.
     *
     * @param sentAt the end of the dialogue
     * @return what changed for the domain
     */
    public Uni<List<Change>> arrived(SqlClient transaction, String address, Instant sentAt, Instant at) {
        var domain = DomainReplies.domain(address);
        return isOld(sentAt, at)
                ? Uni.createFrom().item(List.of())
                : transaction
                        .preparedQuery(PAUSED_SINCE)
                        .execute(Tuple.of(domain, Utc.column(sentAt)))
                        .flatMap(paused -> paused.size() > 0
                                ? Uni.createFrom().item(List.of())
                                : domains.recordAll(transaction, List.of(DomainStreak.arrived(domain, at))));
    }

    /** Whether the late refusals are over, now that the relay has taken these mails. */
    static boolean isOver(Known known, int taken) {
        return known.paused()
                ? known.probes() > 0 && known.refusals() == 0
                : known.probes() + (long) taken > (long) TAKEN_FOR_EACH * known.refusals();
    }

    private static final String TAKEN =
            """
            UPDATE mail_domain
            SET probes = probes + ?, changed_at = NOW(6)
            WHERE domain = ?""";
    private static final String PROBE_TAKEN =
            """
            UPDATE mail_domain
            SET refusals = 0, changed_at = NOW(6)
            WHERE domain = ?""";

    /** The relay took mails for a domain with late refusals, and they are not over. A mail that was sent before the pause is no probe. */
    static Uni<Void> taken(SqlClient transaction, DomainStreak streak, Known known) {
        if (!known.paused()) {
            return transaction.preparedQuery(TAKEN).execute(Tuple.of(streak.accepted(), streak.domain())).replaceWithVoid();
        }
        return known.probes() == 0
                ? Uni.createFrom().voidItem()
                : transaction.preparedQuery(PROBE_TAKEN).execute(Tuple.of(streak.domain())).replaceWithVoid();
    }
}
