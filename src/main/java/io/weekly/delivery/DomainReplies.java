package io.weekly.delivery;

import static java.util.stream.Collectors.toMap;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Placeholders;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Records in {@code mail_domain} what the servers of the recipients' domains said to us. A domain is paused after {@link #REFUSALS}
 * refusals of the sender in a row, and opened again after an accepted mail. A domain that limits us gets a gap between its mails.
 *
 * <p>Behind a relay, refusals come after the dialogues, and an accepted dialogue says nothing about the domain. Such <i>late</i> refusals
 * count too ({@link LateDomainReplies} has the rules). {@code refused_at} is null then, and {@code probes} counts the mails that were sent
 * since the first refusal, until the domain is paused.
 */
@ApplicationScoped
public class DomainReplies {

    /** So many refusals in a row pause a domain. An accepted mail sets their count back. */
    static final int REFUSALS = 5;

    private static final Duration MIN_GAP = Duration.ofSeconds(1);
    private static final Duration MAX_GAP = Duration.ofMinutes(1);

    /** Nobody needs a row that has not changed for so long: there are no mails for this domain. In days. */
    private static final int KEPT_DAYS = 30;

    /** A row with late refusals. */
    static final String LATE = "(refused_at IS NULL AND (refusals > 0 OR paused_at IS NOT NULL))";

    private final AuditLog audit;
    private final DeliveryConfig config;

    DomainReplies(AuditLog audit, DeliveryConfig config) {
        this.audit = audit;
        this.config = config;
    }

    /** How a dialogue about a mail for a domain ended. */
    public record Reply(String domain, HandOver handOver, Instant at) {}

    /** Mails to a domain are paused now, or are sent again. Operators get one log line about it. */
    public sealed interface Change {
        /** The domain as an A-label. */
        String domain();

        /** @param reply the last refusal, without addresses */
        record Paused(String domain, String reply) implements Change {}

        /** The domain has accepted a mail. */
        record Resumed(String domain) implements Change {}
    }

    private static final String ROWS =
            """
            SELECT domain, refusals, paused_at IS NOT NULL AS paused, probes, gap, %s AS late
            FROM mail_domain
            WHERE domain IN (%%s)
            ORDER BY domain
            FOR UPDATE""".formatted(LATE);

    /** Records the ends of dialogues in the order of their times. Costs one statement if no domain has refused anything. */
    public Uni<List<Change>> record(SqlClient transaction, Collection<Reply> replies) {
        return recordAll(transaction, DomainStreak.of(replies));
    }

    Uni<List<Change>> recordAll(SqlClient transaction, List<DomainStreak> streaks) {
        if (streaks.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return transaction
                .preparedQuery(ROWS.formatted(Placeholders.of("?", streaks.size())))
                .execute(Tuple.from(streaks.stream().map(DomainStreak::domain).toList()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).collect(toMap(row -> row.getString("domain"), Known::of)))
                .flatMap(known -> Multi.createFrom()
                        .iterable(streaks)
                        .onItem()
                        .transformToUniAndConcatenate(streak ->
                                record(transaction, streak, Optional.ofNullable(known.get(streak.domain()))))
                        .collect()
                        .asList())
                .map(changes -> changes.stream().flatMap(List::stream).toList());
    }

    /** What the table has of a domain. */
    record Known(int refusals, boolean paused, int probes, long gap, boolean late) {
        static Known of(Row row) {
            return new Known(
                    row.getInteger("refusals"), row.getInteger("paused") != 0, row.getInteger("probes"), row.getLong("gap"),
                    row.getInteger("late") != 0);
        }
    }

    private Uni<List<Change>> record(SqlClient transaction, DomainStreak streak, Optional<Known> known) {
        var opened = streak.accepted() > 0 && known.isPresent()
                ? accept(transaction, streak, known.get())
                : Uni.createFrom().item(Optional.<Change>empty());
        return opened.flatMap(resumed -> limit(transaction, streak)
                .flatMap(_ -> streak.refusals() == 0
                        ? Uni.createFrom().item(Optional.<Change>empty())
                        : refuse(transaction, streak))
                .map(paused -> List.of(resumed, paused).stream().flatMap(Optional::stream).toList()));
    }

    private Uni<Optional<Change>> accept(SqlClient transaction, DomainStreak streak, Known known) {
        return known.late() && !streak.late() && !LateDomainReplies.isOver(known, streak.accepted())
                ? LateDomainReplies.taken(transaction, streak, known).replaceWith(Optional.empty())
                : open(transaction, streak, known);
    }

    private static final String OPEN =
            """
            UPDATE mail_domain
            SET refusals = 0, paused_at = NULL, probes = 0, next_probe_at = NULL, changed_at = NOW(6)
            WHERE domain = ?""";
    private static final String FORGET =
            """
            DELETE FROM mail_domain
            WHERE domain = ?""";

    private Uni<Optional<Change>> open(SqlClient transaction, DomainStreak streak, Known known) {
        if (known.refusals() == 0 && !known.paused()) {
            return Uni.createFrom().item(Optional.empty());
        }
        var written = transaction.preparedQuery(known.gap() == 0 ? FORGET : OPEN).execute(Tuple.of(streak.domain()));
        return known.paused()
                ? written.flatMap(_ -> append(transaction, streak, "mail-domain.resumed", Map.of()))
                        .replaceWith(Optional.of(new Change.Resumed(streak.domain())))
                : written.replaceWith(Optional.empty());
    }

    private static final String REFUSED =
            """
            INSERT INTO mail_domain (domain, refusals, reply, refused_at, changed_at)
            VALUES (?, ?, ?, ?, NOW(6))
            -- Columns are set from left to right. Late refusals stay late until the domain is open again.
            ON DUPLICATE KEY UPDATE refused_at = IF(%s, NULL, VALUES(refused_at)),
                                    refusals = LEAST(refusals + VALUES(refusals), 1000000), reply = VALUES(reply),
                                    changed_at = NOW(6)""".formatted(LATE);

    private Uni<Optional<Change>> refuse(SqlClient transaction, DomainStreak streak) {
        return transaction
                .preparedQuery(REFUSED)
                .execute(Tuple.of(
                        streak.domain(), streak.refusals(), streak.reply(), streak.late() ? null : Utc.column(streak.at())))
                .flatMap(_ -> transaction.preparedQuery(ROWS.formatted("?")).execute(Tuple.of(streak.domain())))
                .map(rows -> Known.of(rows.iterator().next()))
                .call(now -> now.refusals() == streak.refusals() ? prune(transaction) : Uni.createFrom().voidItem())
                .flatMap(now -> {
                    if (now.paused()) {
                        return nextProbe(transaction, streak);
                    }
                    return now.refusals() < REFUSALS ? Uni.createFrom().item(Optional.empty()) : pause(transaction, streak, now.refusals());
                });
    }

    private static final String PRUNE =
            """
            DELETE FROM mail_domain
            WHERE changed_at < NOW(6) - INTERVAL ? DAY
            LIMIT 1000""";

    /** With each first refusal of a domain, so that the table does not grow. */
    private static Uni<Void> prune(SqlClient transaction) {
        return transaction.preparedQuery(PRUNE).execute(Tuple.of(KEPT_DAYS)).replaceWithVoid();
    }

    private static final String PAUSE =
            """
            UPDATE mail_domain
            SET paused_at = NOW(6), probes = 0, next_probe_at = NOW(6) + INTERVAL ? MICROSECOND
            WHERE domain = ?""";

    private Uni<Optional<Change>> pause(SqlClient transaction, DomainStreak streak, int refusals) {
        var detail = Map.<String, Object>of("reply", streak.reply(), "refusals", refusals);
        return transaction
                .preparedQuery(PAUSE)
                .execute(Tuple.of(Utc.micros(config.domainPause()), streak.domain()))
                .flatMap(_ -> append(transaction, streak, "mail-domain.paused", detail))
                .replaceWith(Optional.of(new Change.Paused(streak.domain(), streak.reply())));
    }

    // A probe that was let through has moved the time on by the longest time of a dialogue, if that is longer than the pause.
    private static final String NEXT_PROBE =
            """
            UPDATE mail_domain
            SET next_probe_at = LEAST(next_probe_at, NOW(6) + INTERVAL %s MICROSECOND)
            WHERE domain = ?""".formatted(MailDomains.PAUSE_AFTER_PROBES);

    private Uni<Optional<Change>> nextProbe(SqlClient transaction, DomainStreak streak) {
        return transaction
                .preparedQuery(NEXT_PROBE)
                .execute(Tuple.of(Utc.micros(config.maxDomainPause()), Utc.micros(config.domainPause()), streak.domain()))
                .replaceWith(Optional.empty());
    }

    // Replies of one moment count once: the gap grows only if it has been in force for its own length.
    // The gap is null if the domain has refused the sender and never set a limit.
    private static final String LIMIT =
            """
            INSERT INTO mail_domain (domain, reply, gap, limited_at, next_at, changed_at)
            VALUES (?, ?, ?, NOW(6), NOW(6), NOW(6))
            ON DUPLICATE KEY UPDATE
                gap = IF(limited_at > NOW(6) - INTERVAL gap MICROSECOND, gap, LEAST(?, GREATEST(VALUES(gap), 2 * COALESCE(%s, 0)))),
                limited_at = NOW(6), next_at = COALESCE(next_at, NOW(6)), changed_at = NOW(6)""".formatted(MailDomains.GAP);

    private static Uni<Void> limit(SqlClient transaction, DomainStreak streak) {
        return streak.limit().isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .preparedQuery(LIMIT)
                        .execute(Tuple.of(streak.domain(), streak.limit().get(), Utc.micros(MIN_GAP), Utc.micros(MAX_GAP)))
                        .replaceWithVoid();
    }

    /** One event for operators, not one for each report. */
    private Uni<Void> append(SqlClient transaction, DomainStreak streak, String action, Map<String, Object> detail) {
        return audit.append(transaction, new AuditEvent(null, streak.at(), AuditEvent.SERVICE, action, streak.domain(), detail));
    }

    /** The last part of an address, in lower case. */
    public static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}
