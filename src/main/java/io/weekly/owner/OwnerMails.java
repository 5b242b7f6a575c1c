package io.weekly.owner;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.database.Utc;
import io.weekly.run.OwnerLetter;
import io.weekly.run.OwnerPost;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code owner_mail}: letters to the owners of schedules that have not been sent yet. A letter is stored in the transaction of
 * its event, so it is not lost if the mail server fails. {@link OwnerMailSender} sends it. A row is deleted when its letter is sent or
 * given up. Each statement has the address in its condition: if a transfer gives the letter to another owner while it is being sent, the
 * result of that attempt changes nothing, and the letter goes to the new owner as well.
 */
@ApplicationScoped
class OwnerMails implements OwnerPost {

    private final Database database;
    private final Clock clock;

    OwnerMails(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    // A run has one letter of each kind, and an owner one digest of a week: if it waits already, nothing changes.
    private static final String POST =
            """
            INSERT INTO owner_mail (run_id, about, tenant_id, address, bounced_address, subject, body, attempt, due_at, created_at)
            VALUES (UNHEX(?), ?, ?, ?, ?, ?, ?, 0, NOW(6), ?)
            ON DUPLICATE KEY UPDATE run_id = VALUES(run_id)""";

    @Override
    public Uni<Void> post(SqlClient transaction, int tenantId, String runId, String owner, OwnerLetter letter) {
        return post(transaction, tenantId, runId, LetterKind.of(letter.about()), owner, null, letter.subject(), letter.body());
    }

    /** Stores a letter; it is sent after the transaction. If the same letter waits already, nothing changes. */
    Uni<Void> post(
            SqlClient transaction, int tenantId, String id, LetterKind kind, String address, @Nullable String bouncedAddress,
            String subject, String body) {
        return transaction
                .preparedQuery(POST)
                .execute(Tuple.from(new Object[] {
                    id, kind.text(), tenantId, address, bouncedAddress, subject, body, Utc.column(clock.instant())
                }))
                .replaceWithVoid();
    }

    private static final String DUE =
            """
            SELECT LOWER(HEX(m.run_id)) AS run_id, m.about, m.tenant_id, t.slug, m.address, m.bounced_address, m.subject, m.body, m.attempt,
                   m.created_at
            FROM owner_mail m
            JOIN tenant t ON t.id = m.tenant_id
            WHERE m.due_at <= NOW(6)
            ORDER BY m.due_at
            LIMIT ?""";

    /** The letters that are to be sent now, the longest overdue first. */
    Uni<List<Letter>> due(int max) {
        return database.client()
                .preparedQuery(DUE)
                .execute(Tuple.of(max))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Letter::of).toList());
    }

    private static final String TAKE =
            """
            UPDATE owner_mail
            SET attempt = attempt + 1, due_at = NOW(6) + INTERVAL ? MICROSECOND
            WHERE run_id = UNHEX(?) AND about = ? AND address = ? AND attempt = ? AND due_at <= NOW(6)""";

    /**
     * Takes a letter for one attempt, so that no other process sends it for a while.
     *
     * @return the letter with the number of this attempt; empty if another process was faster
     */
    Uni<Optional<Letter>> take(Letter letter, Duration hold) {
        return database.client()
                .preparedQuery(TAKE)
                .execute(Tuple.of(Utc.micros(hold), letter.id(), letter.kind().text(), letter.address(), letter.attempt()))
                .map(updated -> updated.rowCount() == 1 ? Optional.of(letter.taken()) : Optional.empty());
    }

    private static final Pattern MESSAGE_ID = Pattern.compile("<([0-9a-f]{32})\\.([a-z]{1,12})(\\.fallback)?@[^@]{1,255}>");
    // Until its answer is known, the next attempt is in the future.
    private static final String BEING_SENT =
            """
            SELECT 1
            FROM owner_mail
            WHERE run_id = UNHEX(?) AND about = ? AND (bounced_address IS NOT NULL) = ? AND attempt > 0""";

    /** Whether the letter with this Message-ID may have been sent, and its end is not written yet. */
    Uni<Boolean> isBeingSent(SqlClient transaction, String messageId) {
        var parts = MESSAGE_ID.matcher(messageId);
        return parts.matches()
                ? transaction
                        .preparedQuery(BEING_SENT)
                        .execute(Tuple.of(parts.group(1), parts.group(2), parts.group(3) != null))
                        .map(rows -> rows.size() > 0)
                : Uni.createFrom().item(false);
    }

    private static final String RETRY =
            """
            UPDATE owner_mail
            SET due_at = NOW(6) + INTERVAL ? MICROSECOND
            WHERE run_id = UNHEX(?) AND about = ? AND address = ? AND attempt = ?""";

    /** The attempt failed: the letter is sent again after the pause. */
    Uni<Void> retry(Letter letter, Duration pause) {
        return postpone(RETRY, letter, pause);
    }

    private static final String DEFER =
            """
            UPDATE owner_mail
            SET attempt = attempt - 1, due_at = NOW(6) + INTERVAL ? MICROSECOND
            WHERE run_id = UNHEX(?) AND about = ? AND address = ? AND attempt = ?""";

    /** The mail server said "not now": the letter is sent again after the pause, and the attempt does not count. */
    Uni<Void> defer(Letter letter, Duration pause) {
        return postpone(DEFER, letter, pause);
    }

    private Uni<Void> postpone(String sql, Letter letter, Duration pause) {
        return database.client()
                .preparedQuery(sql)
                .execute(Tuple.of(Utc.micros(pause), letter.id(), letter.kind().text(), letter.address(), letter.attempt()))
                .replaceWithVoid();
    }

    /** How long the letter has waited. */
    Duration waited(Letter letter) {
        return Duration.between(letter.since(), clock.instant());
    }

    private static final String REDIRECT =
            """
            UPDATE owner_mail
            SET bounced_address = address, address = ?, body = ?, attempt = 0, due_at = NOW(6), created_at = ?
            WHERE run_id = UNHEX(?) AND about = ? AND address = ? AND bounced_address IS NULL""";

    /** Sends the letter to the fallback address. False if it does not wait any more, or goes to somebody else. */
    Uni<Boolean> redirect(SqlClient transaction, Letter letter, String fallback, String body) {
        return transaction
                .preparedQuery(REDIRECT)
                .execute(Tuple.of(fallback, body, Utc.column(clock.instant()), letter.id(), letter.kind().text(), letter.address()))
                .map(updated -> updated.rowCount() == 1);
    }

    private static final String DELETE =
            """
            DELETE FROM owner_mail
            WHERE run_id = UNHEX(?) AND about = ? AND address = ?""";

    /** Deletes the letter. False if it does not wait any more, or goes to somebody else. */
    Uni<Boolean> delete(SqlClient transaction, Letter letter) {
        return transaction
                .preparedQuery(DELETE)
                .execute(Tuple.of(letter.id(), letter.kind().text(), letter.address()))
                .map(deleted -> deleted.rowCount() == 1);
    }

    private static final String HAND_OVER =
            """
            UPDATE owner_mail
            SET address = ?, attempt = 0, due_at = NOW(6)
            WHERE tenant_id = ? AND LOWER(address) = ? AND bounced_address IS NULL""";

    /**
     * Gives the waiting letters of a person to another one.
     *
     * @param from in lower case
     */
    Uni<Void> handOver(SqlClient transaction, int tenantId, String from, String to) {
        return transaction.preparedQuery(HAND_OVER).execute(Tuple.of(to, tenantId, from)).replaceWithVoid();
    }

    private static final String ERASE =
            """
            DELETE FROM owner_mail
            WHERE tenant_id = ? AND (? OR LOWER(address) IN (%1$s) OR LOWER(bounced_address) IN (%1$s))""";

    /**
     * Deletes letters that are still to be sent: there are few.
     *
     * @param addresses in lower case; empty for all addresses of the tenant
     */
    Uni<Void> erase(SqlClient client, int tenantId, Optional<List<String>> addresses) {
        var values = Tuple.of(tenantId, addresses.isEmpty());
        addresses.ifPresent(some -> some.forEach(values::addString));
        addresses.ifPresent(some -> some.forEach(values::addString));
        return client
                .preparedQuery(ERASE.formatted(Placeholders.orNone(addresses.map(List::size).orElse(0))))
                .execute(values)
                .replaceWithVoid();
    }
}
