package io.weekly.tenant;

import static io.weekly.database.Utc.column;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
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
import java.util.stream.StreamSupport;

/** The recipients of a tenant, those that have ended included. */
@ApplicationScoped
public class Recipients {

    private static final String SELECT =
            """
            SELECT id, user_id, name, email, locale, tags, active, COALESCE(pdf_password, '') <> '' AS pdf_protected
            FROM recipient
            """;

    private final Database database;
    private final AuditLog audit;
    private final Event<TenantChanged> changes;
    private final Secrets secrets;
    private final ObjectMapper json;
    private final Clock clock;

    Recipients(
            Database database, AuditLog audit, Event<TenantChanged> changes, Secrets secrets, ObjectMapper json, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.changes = changes;
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
    }

    /** The recipient with the platform's user id. */
    public Uni<Optional<Recipient>> find(OfTenant tenant, String userId) {
        return find(database.client(), "WHERE tenant_id = ? AND user_id = ?", tenant, userId);
    }

    /** The recipient with this number. */
    public Uni<Optional<Recipient>> find(OfTenant tenant, long id) {
        return find(database.client(), "WHERE tenant_id = ? AND id = ?", tenant, id);
    }

    private static final String PAGE =
            """
            WHERE tenant_id = ? AND id > ?
            ORDER BY id
            LIMIT ?""";

    /** In the order in which they came, from the first one after {@code afterId} (0 for the beginning). */
    public Uni<List<Recipient>> list(OfTenant tenant, long afterId, int limit) {
        return database.client()
                .preparedQuery(SELECT + PAGE)
                .execute(Tuple.of(tenant.tenantId(), afterId, limit))
                .map(this::recipients);
    }

    /** Stores a new recipient, or brings one back that has ended. Empty where there is an active one with its user id. */
    public Uni<Optional<Recipient>> create(OfTenant tenant, Recipient recipient, String actor) {
        return database.transaction(transaction -> lock(transaction, tenant, recipient.userId())
                .flatMap(known -> known.isPresent() && known.get().active()
                        ? Uni.createFrom().item(Optional.empty())
                        : store(transaction, tenant, recipient, "recipient.created", actor)));
    }

    /** Stores a recipient, whether it is new or not. */
    public Uni<Stored> put(OfTenant tenant, Recipient recipient, String actor) {
        return database.transaction(transaction -> lock(transaction, tenant, recipient.userId())
                        .flatMap(known -> {
                            var action = known.isEmpty() ? "recipient.created" : "recipient.updated";
                            return store(transaction, tenant, recipient, action, actor)
                                    .map(stored -> new Stored(stored.orElseThrow(), known.isEmpty()));
                        }))
                .invoke(this::tell);
    }

    private void tell() {
        database.afterCommit(() -> changes.fire(new TenantChanged()));
    }

    /** @param created false where it was known before */
    public record Stored(Recipient recipient, boolean created) {}

    private Uni<Optional<Recipient>> lock(SqlClient transaction, OfTenant tenant, String userId) {
        return find(transaction, "WHERE tenant_id = ? AND user_id = ? FOR UPDATE", tenant, userId);
    }

    private Uni<Optional<Recipient>> store(
            SqlConnection transaction, OfTenant tenant, Recipient recipient, String action, String actor) {
        return upsert(transaction, tenant, column(clock.instant()), List.of(recipient))
                .call(stored -> audit.append(transaction, event(tenant, actor, action, recipient.userId(), Map.of(
                        "active", recipient.active()))))
                .flatMap(stored -> find(
                        transaction, "WHERE tenant_id = ? AND user_id = ?", tenant, recipient.userId()));
    }

    private static final String END =
            """
            UPDATE recipient
            SET active = FALSE, ended_at = ?, updated_at = ?
            WHERE tenant_id = ? AND user_id = ? AND active = TRUE""";

    /**
     * Ends a recipient: it keeps its row for proof, and whoever is about to make or send a report for it finds it inactive. Ending it
     * again changes nothing. False where there is none.
     */
    public Uni<Boolean> end(OfTenant tenant, String userId, String actor) {
        var now = column(clock.instant());
        return database.transaction(transaction -> transaction
                .preparedQuery(END)
                .execute(Tuple.of(now, now, tenant.tenantId(), userId))
                .flatMap(ended -> ended.rowCount() == 1
                        ? audit.append(transaction, event(tenant, actor, "recipient.ended", userId, Map.of()))
                                .replaceWith(true)
                        : find(transaction, "WHERE tenant_id = ? AND user_id = ?", tenant, userId)
                                .map(Optional::isPresent)))
                .invoke(this::tell);
    }

    private static final String KNOWN =
            """
            SELECT user_id, updated_at = ? AS again
            FROM recipient
            WHERE tenant_id = ? AND user_id IN (%s)""";

    /**
     * Stores some hundred recipients in one transaction and with one audit event. Of several with the same user id the last one
     * counts.
     *
     * @param began when the upload did that the chunk belongs to. What it stores has this time, so that a later chunk can tell what an
     *     earlier one has stored, and nobody has to remember 100,000 user ids
     */
    public Uni<Upserted> upsertAll(OfTenant tenant, Instant began, List<Recipient> chunk, String actor) {
        if (chunk.isEmpty()) {
            return Uni.createFrom().item(new Upserted(0, 0, Set.of()));
        }
        var userIds = new HashSet<String>();
        chunk.forEach(recipient -> userIds.add(recipient.userId()));
        // In one order, so that two uploads wait for each other and do not deadlock; stable, so that the last one stays the last.
        var sorted = chunk.stream().sorted(Comparator.comparing(Recipient::userId)).toList();
        return database.transaction(transaction -> transaction
                .preparedQuery(KNOWN.formatted(Placeholders.of("?", userIds.size())))
                .execute(keys(began, tenant, userIds))
                .call(known -> upsert(transaction, tenant, column(began), sorted))
                .map(known -> upserted(chunk.size(), userIds.size(), known))
                .call(done -> audit.append(transaction, event(
                        tenant, actor, "recipients.upserted", "recipients",
                        Map.of("created", done.created(), "updated", done.updated())))))
                .invoke(this::tell);
    }

    /**
     * What became of a chunk; both together are its size.
     *
     * @param created those that were not known before
     * @param again the user ids that an earlier chunk of the same upload had stored, unless somebody else has changed them since
     */
    public record Upserted(int created, int updated, Set<String> again) {}

    private static Upserted upserted(int lines, int userIds, RowSet<Row> known) {
        var again = new HashSet<String>();
        for (var row : known) {
            if (row.getInteger("again") != 0) {
                again.add(row.getString("user_id"));
            }
        }
        return new Upserted(userIds - known.size(), lines - userIds + known.size(), again);
    }

    // Of a password: NULL says nothing, '' is none.
    private static final String UPSERT =
            """
            INSERT INTO recipient (tenant_id, user_id, name, email, locale, tags, active, created_at, updated_at, ended_at, pdf_password)
            VALUES %s
            ON DUPLICATE KEY UPDATE
              ended_at = IF(VALUES(active), NULL, COALESCE(ended_at, VALUES(ended_at))),
              name = VALUES(name), email = VALUES(email), locale = VALUES(locale), tags = VALUES(tags), active = VALUES(active),
              updated_at = VALUES(updated_at), pdf_password = COALESCE(VALUES(pdf_password), pdf_password)""";

    private Uni<Void> upsert(SqlConnection transaction, OfTenant tenant, LocalDateTime now, List<Recipient> chunk) {
        var values = Tuple.tuple();
        for (var recipient : chunk) {
            add(values, tenant, recipient, now);
        }
        return transaction
                .preparedQuery(UPSERT.formatted(Placeholders.of("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", chunk.size())))
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
                .addLocalDateTime(recipient.active() ? null : now)
                .addString(secrets.kept(new Owner(tenant.tenantId(), Optional.of(recipient.userId())), recipient.pdfPassword()));
    }

    private Uni<Optional<Recipient>> find(SqlClient client, String where, OfTenant tenant, Object key) {
        return client.preparedQuery(SELECT + where)
                .execute(Tuple.of(tenant.tenantId(), key))
                .map(rows -> recipients(rows).stream().findFirst());
    }

    private List<Recipient> recipients(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(this::recipient).toList();
    }

    private Recipient recipient(Row row) {
        return new Recipient(
                row.getLong("id"),
                row.getString("user_id"),
                row.getString("name"),
                row.getString("email"),
                row.getString("locale"),
                tags(row.getString("tags")),
                row.getBoolean("active"),
                null,
                row.getInteger("pdf_protected") != 0);
    }

    private static Tuple keys(Instant began, OfTenant tenant, Iterable<String> userIds) {
        var keys = Tuple.of(column(began), tenant.tenantId());
        userIds.forEach(keys::addString);
        return keys;
    }

    private AuditEvent event(OfTenant tenant, String actor, String action, String subject, Map<String, Object> detail) {
        return new AuditEvent(tenant.tenantId(), clock.instant(), actor, action, subject, detail);
    }

    private String text(List<String> tags) {
        try {
            return json.writeValueAsString(tags);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("tags must be plain texts", e);
        }
    }

    private List<String> tags(String text) {
        try {
            return json.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a recipient's tags are no JSON: " + text, e);
        }
    }
}
