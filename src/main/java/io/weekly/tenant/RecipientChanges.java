package io.weekly.tenant;

import static io.weekly.database.Utc.column;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.ChangedFields;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.tenant.Scope.OfTenant;
import io.weekly.tenant.Secrets.Owner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Creates, replaces and ends recipients, one at a time or in chunks of an upload. {@link RecipientErasure} erases them, and no other class
 * writes to the table {@code recipient}.
 */
@ApplicationScoped
public class RecipientChanges {

    private final Database database;
    private final Recipients recipients;
    private final AuditLog audit;
    private final Event<TenantChanged> changes;
    private final Secrets secrets;
    private final ObjectMapper json;
    private final Clock clock;

    RecipientChanges(
            Database database, Recipients recipients, AuditLog audit, Event<TenantChanged> changes, Secrets secrets, ObjectMapper json,
            Clock clock) {
        this.database = database;
        this.recipients = recipients;
        this.audit = audit;
        this.changes = changes;
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
    }

    /** Stores a new recipient, or reactivates one that has ended. Empty if there is an active recipient with this user id. */
    public Uni<Optional<Recipient>> create(OfTenant tenant, Recipient recipient, String actor) {
        return database.transaction(transaction -> recipients.lock(transaction, tenant, recipient.userId())
                .flatMap(existing -> existing.isPresent() && existing.get().active()
                        ? Uni.createFrom().item(Optional.empty())
                        : store(transaction, tenant, recipient, created(tenant, recipient, actor))));
    }

    /** Stores a recipient, whether it is new or not. */
    public Uni<Stored> put(OfTenant tenant, Recipient recipient, String actor) {
        return database.transaction(transaction -> recipients.lock(transaction, tenant, recipient.userId())
                        .flatMap(existing -> {
                            var event = existing
                                    .map(before -> updated(tenant, before, recipient, actor))
                                    .orElseGet(() -> created(tenant, recipient, actor));
                            return store(transaction, tenant, recipient, event)
                                    .map(stored -> new Stored(stored.orElseThrow(), existing.isEmpty()));
                        }))
                .invoke(this::fireChanged);
    }

    /** @param created false if the recipient existed before */
    public record Stored(Recipient recipient, boolean created) {}

    private AuditEvent created(OfTenant tenant, Recipient recipient, String actor) {
        return event(tenant, actor, "recipient.created", recipient.userId(), Map.of("active", recipient.active()));
    }

    private AuditEvent updated(OfTenant tenant, Recipient before, Recipient after, String actor) {
        var changed = new ChangedFields()
                .compare("name", before.name(), after.name())
                .compare("email", before.email(), after.email())
                .compare("locale", before.locale(), after.locale())
                .compare("tags", before.tags(), after.tags())
                .compare("active", before.active(), after.active())
                .given("pdfPassword", after.pdfPassword());
        return event(tenant, actor, "recipient.updated", after.userId(), Map.of("active", after.active(), "changed", changed.names()));
    }

    private Uni<Optional<Recipient>> store(SqlConnection transaction, OfTenant tenant, Recipient recipient, AuditEvent event) {
        return upsert(transaction, tenant, column(clock.instant()), List.of(recipient))
                .call(_ -> audit.append(transaction, event))
                .flatMap(_ -> recipients.find(transaction, tenant, recipient.userId()));
    }

    private static final String END =
            """
            UPDATE recipient
            SET active = FALSE, ended_at = ?, updated_at = ?, pdf_password = NULL, incarnation = incarnation + 1
            WHERE tenant_id = ? AND user_id = ? AND ended_at IS NULL""";

    /**
     * Ends a recipient. Its row stays as evidence; its PDF password and its preferences are deleted. Each stage that is about to generate
     * or mail a report for it finds it inactive. If somebody gets the same user id later, the reports that were queued before still end as
     * suppressed, because they belong to the earlier incarnation. Ending it again changes nothing. False if there is no such recipient.
     */
    public Uni<Boolean> end(OfTenant tenant, String userId, String actor) {
        var now = column(clock.instant());
        return database.transaction(transaction -> transaction
                .preparedQuery(END)
                .execute(Tuple.of(now, now, tenant.tenantId(), userId))
                .flatMap(ended -> ended.rowCount() == 1
                        ? Preferences.delete(transaction, tenant, userId)
                                .flatMap(_ -> audit.append(transaction, event(tenant, actor, "recipient.ended", userId, Map.of())))
                                .replaceWith(true)
                        : recipients.find(transaction, tenant, userId).map(Optional::isPresent)))
                .invoke(this::fireChanged);
    }

    private static final String EXISTING =
            """
            SELECT user_id, updated_at = ? AS repeated
            FROM recipient
            WHERE tenant_id = ? AND user_id IN (%s)""";

    /**
     * Stores a few hundred recipients in one transaction and with one audit event. If several have the same user id, the last one counts.
     *
     * @param began the start of the upload that the chunk belongs to. The upload stores it as {@code updated_at} in each of its rows. So a
     *     later chunk recognises the rows of earlier chunks, and the process does not have to keep 100,000 user ids in memory
     */
    public Uni<Upserted> upsertAll(OfTenant tenant, Instant began, List<Recipient> chunk, String actor) {
        if (chunk.isEmpty()) {
            return Uni.createFrom().item(new Upserted(0, 0, Set.of()));
        }
        var userIds = new HashSet<String>();
        chunk.forEach(recipient -> userIds.add(recipient.userId()));
        // Uploads lock rows in the same order, so that they wait for each other instead of deadlocking. The sort is stable: the last of
        // several lines with one user id stays the last.
        var sorted = chunk.stream().sorted(Comparator.comparing(Recipient::userId)).toList();
        return database.transaction(transaction -> transaction
                .preparedQuery(EXISTING.formatted(Placeholders.of("?", userIds.size())))
                .execute(keys(began, tenant, userIds))
                .call(_ -> upsert(transaction, tenant, column(began), sorted))
                .map(existing -> upserted(chunk.size(), userIds.size(), existing))
                .call(result -> audit.append(transaction, event(
                        tenant, actor, "recipients.upserted", "recipients",
                        Map.of("created", result.created(), "updated", result.updated())))))
                .invoke(this::fireChanged);
    }

    /**
     * The result of a chunk. {@code created} and {@code updated} add up to its size.
     *
     * @param created how many did not exist before
     * @param repeated the user ids that an earlier chunk of the same upload stored, unless another request changed them since
     */
    public record Upserted(int created, int updated, Set<String> repeated) {}

    private static Tuple keys(Instant began, OfTenant tenant, Iterable<String> userIds) {
        var keys = Tuple.of(column(began), tenant.tenantId());
        userIds.forEach(keys::addString);
        return keys;
    }

    private static Upserted upserted(int lines, int userIds, RowSet<Row> existing) {
        var repeated = new HashSet<String>();
        for (var row : existing) {
            if (row.getInteger("repeated") != 0) {
                repeated.add(row.getString("user_id"));
            }
        }
        return new Upserted(userIds - existing.size(), lines - userIds + existing.size(), repeated);
    }

    // In pdf_password NULL means "leave it as it is" and '' means "no password". A recipient that has ended stays so until it is stored as
    // active again: then ended_at becomes null. It is another person, so it does not keep a password that was stored in between. The
    // columns are set from left to right, so the password comes before ended_at, and earlier_addresses before email. An erasure needs the
    // earlier addresses. If somebody stores the user id that an erased recipient got, that is a new person too.
    private static final String UPSERT =
            """
            INSERT INTO recipient (tenant_id, user_id, name, email, locale, tags, active, created_at, updated_at, pdf_password)
            VALUES %s
            ON DUPLICATE KEY UPDATE
              earlier_addresses = IF(
                email IN ('', VALUES(email)) OR LOCATE(CONCAT('\\n', email, '\\n'), COALESCE(earlier_addresses, '')) > 0,
                earlier_addresses, CONCAT(COALESCE(earlier_addresses, '\\n'), email, '\\n')),
              pdf_password = IF(ended_at IS NULL, COALESCE(VALUES(pdf_password), pdf_password), VALUES(pdf_password)),
              ended_at = IF(VALUES(active), NULL, ended_at), erased_at = NULL,
              name = VALUES(name), email = VALUES(email), locale = VALUES(locale), tags = VALUES(tags), active = VALUES(active),
              updated_at = VALUES(updated_at)""";

    private Uni<Void> upsert(SqlConnection transaction, OfTenant tenant, LocalDateTime now, List<Recipient> chunk) {
        var values = Tuple.tuple();
        for (var recipient : chunk) {
            add(values, tenant, recipient, now);
        }
        return transaction
                .preparedQuery(UPSERT.formatted(Placeholders.of("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", chunk.size())))
                .execute(values)
                .replaceWithVoid();
    }

    private void add(Tuple values, OfTenant tenant, Recipient recipient, LocalDateTime now) {
        values.addInteger(tenant.tenantId())
                .addString(recipient.userId())
                .addString(recipient.name())
                .addString(recipient.email())
                .addString(recipient.locale())
                .addString(text(recipient.tags()))
                .addBoolean(recipient.active())
                .addLocalDateTime(now)
                .addLocalDateTime(now)
                .addString(secrets.column(new Owner(tenant.tenantId(), Optional.of(recipient.userId())), recipient.pdfPassword()));
    }

    private String text(List<String> tags) {
        try {
            return json.writeValueAsString(tags);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("tags must be plain texts", e);
        }
    }

    private AuditEvent event(OfTenant tenant, String actor, String action, String subject, Map<String, Object> detail) {
        return new AuditEvent(tenant.tenantId(), clock.instant(), actor, action, subject, detail);
    }

    private void fireChanged() {
        database.afterCommit(() -> changes.fire(new TenantChanged()));
    }
}
