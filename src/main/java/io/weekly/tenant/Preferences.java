package io.weekly.tenant;

import static io.weekly.database.Utc.column;
import static io.weekly.database.Utc.instant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.tenant.Scope.OfRecipient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What recipients chose for themselves. The stages read it with each report; see {@code report.ReportStages}. */
@ApplicationScoped
public class Preferences {

    private static final String FIND =
            """
            SELECT formats, locale, paused_until, unsubscribed
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

    /** What the recipient chose, as of now; nothing at all where it never did. */
    public Uni<Preference> of(OfRecipient recipient) {
        return database.client()
                .preparedQuery(FIND)
                .execute(Tuple.of(recipient.tenantId(), recipient.recipientId()))
                .map(rows -> rows.size() == 0 ? Preference.NONE : preference(rows.iterator().next()))
                .map(found -> found.asOf(clock.instant()));
    }

    private static final String PUT =
            """
            INSERT INTO preference (tenant_id, recipient_id, formats, locale, paused_until, unsubscribed, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE
              formats = VALUES(formats), locale = VALUES(locale), paused_until = VALUES(paused_until),
              unsubscribed = VALUES(unsubscribed), updated_at = VALUES(updated_at)""";

    /**
     * Replaces what the recipient chose. What is queued for it goes by this at once: it is judged again when it is about to be made, and
     * when it is about to be mailed.
     *
     * @param userId of the recipient, whom the audit trail names
     * @return what is stored
     */
    public Uni<Preference> put(OfRecipient recipient, String userId, Preference wanted, String actor) {
        var now = clock.instant();
        var chosen = wanted.asOf(now);
        var values = Tuple.of(
                        recipient.tenantId(),
                        recipient.recipientId(),
                        chosen.formats() == null ? null : String.join(",", chosen.formats()),
                        chosen.locale(),
                        column(chosen.pausedUntil()),
                        text(chosen.unsubscribed()))
                .addLocalDateTime(column(now));
        return database.transaction(transaction -> transaction
                        .preparedQuery(PUT)
                        .execute(values)
                        .flatMap(stored -> audit.append(transaction, event(recipient, userId, chosen, actor, now))))
                .replaceWith(chosen);
    }

    private static Preference preference(Row row, List<String> unsubscribed) {
        var formats = row.getString("formats");
        return new Preference(
                formats == null ? null : List.of(formats.split(",")),
                row.getString("locale"),
                instant(row.getLocalDateTime("paused_until")),
                unsubscribed);
    }

    private Preference preference(Row row) {
        var text = row.getString("unsubscribed");
        try {
            return preference(row, json.readValue(text, new TypeReference<>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a recipient's unsubscribed definitions are no JSON: " + text, e);
        }
    }

    private String text(List<String> unsubscribed) {
        try {
            return json.writeValueAsString(unsubscribed);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("definitions must be plain texts", e);
        }
    }

    private static AuditEvent event(OfRecipient recipient, String userId, Preference chosen, String actor, Instant now) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("formats", chosen.formats());
        detail.put("locale", chosen.locale());
        detail.put("pausedUntil", chosen.pausedUntil() == null ? null : chosen.pausedUntil().toString());
        detail.put("unsubscribed", chosen.unsubscribed());
        detail.values().removeIf(value -> value == null);
        return new AuditEvent(recipient.tenantId(), now, actor, "preferences.changed", userId, detail);
    }
}
