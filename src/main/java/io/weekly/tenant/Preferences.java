package io.weekly.tenant;

import static io.weekly.database.Utc.column;
import static io.weekly.database.Utc.instant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.ChangedFields;
import io.weekly.audit.PersonalText;
import io.weekly.database.Database;
import io.weekly.tenant.Scope.OfRecipient;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads and stores the recipients' choices. The stages read them with each report; see {@code report.ReportStages}. */
@ApplicationScoped
public class Preferences {

    private static final String FIND =
            """
            SELECT formats, locale, paused_until, unsubscribed, unsubscribed_from_all <> 0 AS unsubscribed_from_all
            FROM preference
            WHERE tenant_id = ? AND recipient_id = ?""";

    private final Database database;
    private final AuditLog audit;
    private final ObjectMapper json;
    private final Clock clock;

    Preferences(Database database, AuditLog audit, ObjectMapper json, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /** The current choices of the recipient; {@link Preference#NONE} if it never made any. */
    public Uni<Preference> of(OfRecipient recipient) {
        return of(database.client(), recipient, clock.instant());
    }

    private Uni<Preference> of(SqlClient client, OfRecipient recipient, Instant now) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(recipient.tenantId(), recipient.recipientId()))
                .map(rows -> rows.size() == 0 ? Preference.NONE : preference(rows.iterator().next()))
                .map(found -> found.asOf(now));
    }

    // The end of a recipient deletes its choices. Without the lock they could be stored again after that. Two changes at the same time
    // follow one on the other, so neither is lost.
    private static final String HOLD =
            """
            SELECT id
            FROM recipient
            WHERE tenant_id = ? AND id = ? AND ended_at IS NULL
            FOR UPDATE""";
    private static final String PUT =
            """
            INSERT INTO preference
              (tenant_id, recipient_id, formats, locale, paused_until, unsubscribed, unsubscribed_from_all, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE
              formats = VALUES(formats), locale = VALUES(locale), paused_until = VALUES(paused_until),
              unsubscribed = VALUES(unsubscribed), unsubscribed_from_all = VALUES(unsubscribed_from_all),
              updated_at = VALUES(updated_at)""";

    /**
     * Replaces the choices of the recipient. They apply to queued reports too, because each stage reads them before it generates or mails a
     * report.
     *
     * @param userId of the recipient, for the audit trail
     * @return the stored choices; empty if the recipient has ended
     */
    public Uni<Optional<Preference>> put(OfRecipient recipient, String userId, Preference wanted, String actor) {
        return change(
                recipient,
                userId,
                before -> wanted.unsubscribedFromAll() != null
                        ? wanted
                        : wanted.withMails(wanted.unsubscribed(), before.isUnsubscribedFromAll(), wanted.pausedUntil()),
                actor,
                true);
    }

    /**
     * Changes the choices of the recipient. If nothing changes, nothing is written.
     *
     * @param change makes the new choices of the current ones; may be called several times
     * @param actor as in an {@link AuditEvent}; the address of the client belongs to the recipient
     * @return the stored choices; empty if the recipient has ended
     */
    public Uni<Optional<Preference>> change(OfRecipient recipient, String userId, UnaryOperator<Preference> change, String actor) {
        return change(recipient, userId, change, actor, false);
    }

    /** @param always whether it is stored and recorded even if it changes nothing */
    private Uni<Optional<Preference>> change(
            OfRecipient recipient, String userId, UnaryOperator<Preference> change, String actor, boolean always) {
        var now = clock.instant();
        return database.transaction(transaction -> transaction
                .preparedQuery(HOLD)
                .execute(Tuple.of(recipient.tenantId(), recipient.recipientId()))
                .flatMap(held -> held.size() == 0
                        ? Uni.createFrom().item(Optional.empty())
                        : of(transaction, recipient, now).flatMap(before -> {
                            var chosen = shown(change.apply(before).asOf(now));
                            return !always && chosen.equals(before)
                                    ? Uni.createFrom().item(Optional.of(chosen))
                                    : store(transaction, recipient, chosen, now)
                                    .flatMap(_ -> audit.append(transaction, event(recipient, userId, before, chosen, actor, now)))
                                    .replaceWith(Optional.of(chosen));
                        })));
    }

    /** As it is read: without a false, which is not stored. */
    private static Preference shown(Preference chosen) {
        return chosen.isUnsubscribedFromAll()
                ? chosen
                : new Preference(chosen.formats(), chosen.locale(), chosen.pausedUntil(), chosen.unsubscribed());
    }

    private Uni<Void> store(SqlClient transaction, OfRecipient recipient, Preference chosen, Instant now) {
        var values = Tuple.of(
                        recipient.tenantId(),
                        recipient.recipientId(),
                        chosen.formats() == null ? null : String.join(",", chosen.formats()),
                        chosen.locale(),
                        column(chosen.pausedUntil()),
                        text(chosen.unsubscribed()))
                .addBoolean(chosen.isUnsubscribedFromAll())
                .addLocalDateTime(column(now));
        return transaction.preparedQuery(PUT).execute(values).replaceWithVoid();
    }

    private static final String DELETE =
            """
            DELETE FROM preference
            WHERE tenant_id = ? AND recipient_id = (SELECT id FROM recipient WHERE tenant_id = ? AND user_id = ?)""";

    /** Deletes the choices of a recipient that ends, in the caller's transaction. The next person with the user id makes its own. */
    static Uni<Void> delete(SqlClient transaction, OfTenant tenant, String userId) {
        return transaction.preparedQuery(DELETE).execute(Tuple.of(tenant.tenantId(), tenant.tenantId(), userId)).replaceWithVoid();
    }

    private static final String DELETE_SOME =
            """
            DELETE FROM preference
            WHERE tenant_id = ?
            LIMIT ?""";

    /** Deletes choices of recipients of a tenant that has ended; returns how many. */
    static Uni<Integer> deleteSome(SqlClient transaction, int tenantId, int limit) {
        return transaction.preparedQuery(DELETE_SOME).execute(Tuple.of(tenantId, limit)).map(deleted -> deleted.rowCount());
    }

    private static Preference preference(Row row, List<String> unsubscribed) {
        var formats = row.getString("formats");
        return new Preference(
                formats == null ? null : List.of(formats.split(",")),
                row.getString("locale"),
                instant(row.getLocalDateTime("paused_until")),
                unsubscribed,
                row.getInteger("unsubscribed_from_all") != 0 ? true : null);
    }

    private Preference preference(Row row) {
        var text = row.getString("unsubscribed");
        try {
            return preference(row, json.readValue(text, new TypeReference<>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the unsubscribed definitions of a recipient are not valid JSON: " + text, e);
        }
    }

    private String text(List<String> unsubscribed) {
        try {
            return json.writeValueAsString(unsubscribed);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("definitions must be plain texts", e);
        }
    }

    /** What a person chooses is personal, so the event has only the names of the fields. */
    private static AuditEvent event(
            OfRecipient recipient, String userId, Preference before, Preference chosen, String actor, Instant now) {
        var changed = new ChangedFields()
                .compare("formats", before.formats(), chosen.formats())
                .compare("locale", before.locale(), chosen.locale())
                .compare("pausedUntil", before.pausedUntil(), chosen.pausedUntil())
                .compare("unsubscribed", before.unsubscribed(), chosen.unsubscribed())
                .compare("unsubscribedFromAll", before.isUnsubscribedFromAll(), chosen.isUnsubscribedFromAll());
        var event = new AuditEvent(
                recipient.tenantId(), now, actor, "preferences.changed", userId, Map.of("changed", changed.names()));
        return actor.equals(PersonalText.user(userId)) ? event : event.withClientOf(PersonalText.recipient(recipient.recipientId()));
    }
}
