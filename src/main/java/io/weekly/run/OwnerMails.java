package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.PersonalText;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The table {@code owner_mail}: mails to the owners of schedules that have not been sent yet. A mail is stored in the transaction of its
 * event, so it is not lost if the mail server fails. {@link OwnerMailSender} sends it. A row is deleted when its mail is sent or given up.
 */
@ApplicationScoped
class OwnerMails {

    private final Database database;
    private final RunAudit audit;
    private final Clock clock;

    OwnerMails(Database database, RunAudit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    private static final String POST =
            """
            INSERT INTO owner_mail (run_id, about, tenant_id, address, subject, body, attempt, due_at, created_at)
            VALUES (UNHEX(?), ?, ?, ?, ?, ?, 0, NOW(6), ?)""";
    /** Stores the mail; it is sent after the transaction. */
    Uni<Void> post(SqlClient transaction, int tenantId, String runId, String owner, OwnerLetter letter) {
        return transaction
                .preparedQuery(POST)
                .execute(Tuple.from(new Object[] {
                    runId, letter.about().text(), tenantId, owner, letter.subject(), letter.body(), Utc.column(clock.instant())
                }))
                .replaceWithVoid();
    }

    private static final String DUE =
            """
            SELECT LOWER(HEX(run_id)) AS run_id, about, tenant_id, address, subject, body, attempt, created_at
            FROM owner_mail
            WHERE due_at <= NOW(6)
            ORDER BY due_at
            LIMIT ?""";
    /** The mails that are to be sent now, the longest overdue first. */
    Uni<List<OwnerMail>> due(int max) {
        return database.client()
                .preparedQuery(DUE)
                .execute(Tuple.of(max))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(OwnerMail::of).toList());
    }

    private static final String TAKE =
            """
            UPDATE owner_mail
            SET attempt = attempt + 1, due_at = NOW(6) + INTERVAL ? MICROSECOND
            WHERE run_id = UNHEX(?) AND about = ? AND attempt = ? AND due_at <= NOW(6)""";
    /**
     * Takes a mail for one attempt, so that no other process sends it for a while.
     *
     * @return the mail with the number of this attempt; empty if another process was faster
     */
    Uni<Optional<OwnerMail>> take(OwnerMail mail, Duration hold) {
        return database.client()
                .preparedQuery(TAKE)
                .execute(Tuple.of(Utc.micros(hold), mail.runId(), mail.letter().about().text(), mail.attempt()))
                .map(updated -> updated.rowCount() == 1 ? Optional.of(mail.taken()) : Optional.empty());
    }

    private static final String RETRY =
            """
            UPDATE owner_mail
            SET due_at = NOW(6) + INTERVAL ? MICROSECOND
            WHERE run_id = UNHEX(?) AND about = ? AND attempt = ?""";
    /** The attempt failed: the mail is sent again after the pause. */
    Uni<Void> retry(OwnerMail mail, Duration pause) {
        return postpone(RETRY, mail, pause);
    }

    private static final String DEFER =
            """
            UPDATE owner_mail
            SET attempt = attempt - 1, due_at = NOW(6) + INTERVAL ? MICROSECOND
            WHERE run_id = UNHEX(?) AND about = ? AND attempt = ?""";
    /** The mail server said "not now": the mail is sent again after the pause, and the attempt does not count. */
    Uni<Void> defer(OwnerMail mail, Duration pause) {
        return postpone(DEFER, mail, pause);
    }

    private Uni<Void> postpone(String sql, OwnerMail mail, Duration pause) {
        return database.client()
                .preparedQuery(sql)
                .execute(Tuple.of(Utc.micros(pause), mail.runId(), mail.letter().about().text(), mail.attempt()))
                .replaceWithVoid();
    }

    private static final String END =
            """
            DELETE FROM owner_mail
            WHERE run_id = UNHEX(?) AND about = ?""";
    /**
     * Deletes the mail and writes the audit event.
     *
     * @param failure why the mail was given up; empty if it was sent
     * @return false if another process has deleted it before
     */
    Uni<Boolean> end(OwnerMail mail, Optional<String> failure) {
        var action = failure.isEmpty() ? "run.owner-told" : "run.owner-not-told";
        return database.transaction(transaction -> transaction
                .preparedQuery(END)
                .execute(Tuple.of(mail.runId(), mail.letter().about().text()))
                .map(deleted -> deleted.rowCount() == 1)
                .call(ended -> ended
                        ? audit.append(transaction, mail.tenantId(), mail.runId(), action, detail(mail, failure))
                        : Uni.createFrom().voidItem()));
    }

    private static final String ERASE =
            """
            DELETE FROM owner_mail
            WHERE tenant_id = ? AND (? OR LOWER(address) IN (%s))""";

    /**
     * Deletes mails that are still to be sent: there are few.
     *
     * @param addresses in lower case; empty for all addresses of the tenant
     */
    Uni<Void> erase(SqlClient transaction, int tenantId, Optional<List<String>> addresses) {
        var values = Tuple.of(tenantId, addresses.isEmpty());
        addresses.ifPresent(some -> some.forEach(values::addString));
        return transaction
                .preparedQuery(ERASE.formatted(Placeholders.orNone(addresses.map(List::size).orElse(0))))
                .execute(values)
                .replaceWithVoid();
    }

    private static Map<String, Object> detail(OwnerMail mail, Optional<String> failure) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("about", mail.letter().about().text());
        detail.put("owner", PersonalText.ofAddress(mail.address(), mail.address()));
        detail.put("attempts", mail.attempt());
        failure.ifPresent(reason -> detail.put("reason", PersonalText.ofAddress(mail.address(), reason)));
        return detail;
    }
}
