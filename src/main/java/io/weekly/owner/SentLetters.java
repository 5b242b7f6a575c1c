package io.weekly.owner;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.database.Utc;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.tenant.Scope.OfTenant;
import io.weekly.text.EmailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code owner_letter}: letters that the mail server took. They are remembered, because a mail may bounce later. Their texts are
 * kept for five days, as long as mail systems try to deliver a mail (RFC 5321, section 4.5.4.1), and the rest for 30 days.
 */
@ApplicationScoped
public class SentLetters {

    static final Duration KEEP_TEXT = Duration.ofDays(5);
    static final Duration KEEP = Duration.ofDays(30);
    private static final int BATCH = 1000;

    private final Database database;
    private final DeliveryConfig config;
    private final Clock clock;

    SentLetters(Database database, DeliveryConfig config, Clock clock) {
        this.database = database;
        this.config = config;
        this.clock = clock;
    }

    private static final String ADD =
            """
            INSERT INTO owner_letter (message_id, tenant_id, subject_id, about, address, bounced_address, subject, body, sent_at)
            VALUES (?, ?, UNHEX(?), ?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE address = VALUES(address), body = VALUES(body), sent_at = VALUES(sent_at), bounced_at = NULL""";

    /** Remembers a letter that the mail server has just taken. */
    Uni<Void> add(SqlClient transaction, Letter letter) {
        return transaction
                .preparedQuery(ADD)
                .execute(Tuple.from(new Object[] {
                    letter.messageId(config), letter.tenantId(), letter.id(), letter.kind().text(), letter.address(),
                    letter.bouncedAddress(), letter.subject(), letter.body(), Utc.column(clock.instant())
                }))
                .replaceWithVoid();
    }

    /**
     * A letter that was sent.
     *
     * @param bounced whether a bounce of it was reported before
     */
    record Sent(Letter letter, boolean bounced) {}

    private static final String FIND =
            """
            SELECT LOWER(HEX(l.subject_id)) AS run_id, l.about, l.tenant_id, t.slug, l.address, l.bounced_address, l.subject,
                   COALESCE(l.body, '') AS body, 0 AS attempt, l.sent_at AS created_at, l.bounced_at
            FROM owner_letter l
            JOIN tenant t ON t.id = l.tenant_id
            WHERE l.message_id = ?
            FOR UPDATE""";
    private static final String BOUNCED =
            """
            UPDATE owner_letter
            SET bounced_at = ?
            WHERE message_id = ?""";

    /**
     * Marks the letter with this Message-ID as bounced. Its text is empty if it is not kept any more.
     *
     * @param recipients the addresses that bounced; empty if it is not known, which means the letter's
     * @return the letter as it was before; empty if no letter has this Message-ID and one of the recipients
     */
    Uni<Optional<Sent>> bounced(SqlClient transaction, String messageId, List<String> recipients, Instant at) {
        return transaction.preparedQuery(FIND).execute(Tuple.of(messageId)).flatMap(rows -> {
            if (rows.size() == 0) {
                return Uni.createFrom().item(Optional.empty());
            }
            var row = rows.iterator().next();
            var sent = new Sent(Letter.of(row), row.getLocalDateTime("bounced_at") != null);
            if (!isFor(sent.letter(), recipients)) {
                return Uni.createFrom().item(Optional.empty());
            }
            return transaction.preparedQuery(BOUNCED).execute(Tuple.of(Utc.column(at), messageId)).replaceWith(Optional.of(sent));
        });
    }

    private static boolean isFor(Letter letter, List<String> recipients) {
        var own = EmailAddress.comparison(letter.address());
        return recipients.isEmpty() || recipients.stream().anyMatch(recipient -> EmailAddress.comparison(recipient).equals(own));
    }

    private static final String FORGET_TEXTS =
            """
            UPDATE owner_letter
            SET body = NULL
            WHERE sent_at <= ? AND body IS NOT NULL
            LIMIT ?""";
    private static final String FORGET =
            """
            DELETE FROM owner_letter
            WHERE sent_at <= ?
            LIMIT ?""";

    /** Deletes old texts and letters, a limited number of them. */
    Uni<Void> prune() {
        var now = clock.instant();
        return database.client()
                .preparedQuery(FORGET_TEXTS)
                .execute(Tuple.of(Utc.column(now.minus(KEEP_TEXT)), BATCH))
                .flatMap(_ -> database.client().preparedQuery(FORGET).execute(Tuple.of(Utc.column(now.minus(KEEP)), BATCH)))
                .replaceWithVoid();
    }

    /**
     * A letter that a person got, for the export of the person.
     *
     * @param about {@code deadline}, {@code data}, {@code audience} or {@code digest}
     * @param to the address that it was sent to
     * @param owner the address of the owner if it bounced, and the letter went to the fallback address; else null
     */
    public record PersonLetter(
            String about, String subject, String to, @Nullable String owner, Instant sentAt, @Nullable Instant bouncedAt) {

        static PersonLetter of(Row row) {
            return new PersonLetter(
                    row.getString("about"), row.getString("subject"), row.getString("address"), row.getString("bounced_address"),
                    Utc.instant(row.getLocalDateTime("sent_at")), Utc.instant(row.getLocalDateTime("bounced_at")));
        }
    }

    private static final String TO =
            """
            SELECT about, subject, address, bounced_address, sent_at, bounced_at
            FROM owner_letter
            WHERE tenant_id = ? AND (LOWER(address) IN (%1$s) OR LOWER(bounced_address) IN (%1$s))
            ORDER BY sent_at
            LIMIT ?""";

    /**
     * The letters of the last 30 days to one of these addresses, oldest first.
     *
     * @param addresses in lower case; may be empty
     */
    public Uni<List<PersonLetter>> to(OfTenant tenant, List<String> addresses, int max) {
        var values = Tuple.of(tenant.tenantId());
        addresses.forEach(values::addString);
        addresses.forEach(values::addString);
        return database.client()
                .preparedQuery(TO.formatted(Placeholders.orNone(addresses.size())))
                .execute(values.addInteger(max))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(PersonLetter::of).toList());
    }

    private static final String ERASE =
            """
            DELETE FROM owner_letter
            WHERE tenant_id = ? AND (? OR LOWER(address) IN (%1$s) OR LOWER(bounced_address) IN (%1$s))
            LIMIT ?""";

    /**
     * Deletes letters.
     *
     * @param addresses in lower case; empty for all addresses of the tenant
     * @return whether none is left
     */
    Uni<Boolean> erase(int tenantId, Optional<List<String>> addresses) {
        var values = Tuple.of(tenantId, addresses.isEmpty());
        addresses.ifPresent(some -> some.forEach(values::addString));
        addresses.ifPresent(some -> some.forEach(values::addString));
        return database.client()
                .preparedQuery(ERASE.formatted(Placeholders.orNone(addresses.map(List::size).orElse(0))))
                .execute(values.addInteger(BATCH))
                .map(deleted -> deleted.rowCount() < BATCH);
    }
}
